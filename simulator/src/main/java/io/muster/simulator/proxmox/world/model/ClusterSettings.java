package io.muster.simulator.proxmox.world.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a whole cluster.
 *
 * @param name null for a single machine that is in no cluster
 * @param samplePeriod how often a node's status daemon measures; at least 1 s, the resolution of
 *     its timestamps
 * @param staleAfter how long broadcast values are believed
 * @param bootTime from power on to the first answer
 * @param historyFrom since when everything has been running
 */
public record ClusterSettings(
    PveVersion version,
    @Nullable String name,
    long seed,
    Duration samplePeriod,
    Duration staleAfter,
    Duration bootTime,
    Instant historyFrom,
    TaskPace taskPace) {
  public ClusterSettings {
    if (samplePeriod.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "The sample period must be at least 1 s, as timestamps are seconds: " + samplePeriod);
    }
  }
}
