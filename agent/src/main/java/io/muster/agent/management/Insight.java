package io.muster.agent.management;

import io.muster.agent.link.LinkStatus;
import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.ServerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the management pages look; every answer is cheap and of this moment. */
public interface Insight {
  About about();

  /** Of every server of the inventory, in its order. */
  List<ServerStatus> servers();

  WriterStatus writer();

  /** Why the newest inventory was not taken up; empty when it was. Nothing secret. */
  List<String> inventoryProblems();

  /** Whether there is an inventory, be it empty: without one nothing is polled. */
  boolean inventoryKnown();

  /** Null = this agent has no link to a control API. */
  @Nullable LinkStatus link();

  /**
   * Who answers.
   *
   * @param agentId kept in the data folder
   */
  record About(UUID agentId, String version, String site, Instant startedAt) {}
}
