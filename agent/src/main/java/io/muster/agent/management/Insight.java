package io.muster.agent.management;

import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.ServerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where the management pages look; every answer is cheap and of this moment. */
public interface Insight {
  About about();

  /** Of every server of the inventory, in its order. */
  List<ServerStatus> servers();

  WriterStatus writer();

  /** Why the newest inventory was not taken up; empty when it was. Nothing secret. */
  List<String> inventoryProblems();

  /**
   * Who answers.
   *
   * @param agentId kept in the data folder
   */
  record About(UUID agentId, String version, String site, Instant startedAt) {}
}
