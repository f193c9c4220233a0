package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state.
 *
 * @param inventoryProblems why the newest inventory was not taken up; empty when it was
 * @param link null = this agent has no link to a control API
 */
@Serdeable
record StateView(
    String agent,
    String version,
    String site,
    String startedAt,
    List<String> inventoryProblems,
    @Nullable LinkView link,
    List<ServerView> servers,
    WriterView writer) {
  StateView {
    inventoryProblems = List.copyOf(inventoryProblems);
    servers = List.copyOf(servers);
  }
}
