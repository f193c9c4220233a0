package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The whole state.
 *
 * @param inventoryProblems why the newest inventory was not taken up; empty when it was
 */
@Serdeable
record StateView(
    String agent,
    String version,
    String site,
    String startedAt,
    List<String> inventoryProblems,
    List<ServerView> servers,
    WriterView writer) {
  StateView {
    inventoryProblems = List.copyOf(inventoryProblems);
    servers = List.copyOf(servers);
  }
}
