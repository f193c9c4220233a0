package io.muster.agent.kubernetes;

import io.muster.agent.provider.MemorySource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node or pod used.
 *
 * @param id of the pod in rows, or the node's name
 * @param at when it was measured, by the clock of its node
 * @param seconds that the CPU's rate is of
 * @param more what only the kubelet tells
 */
record Usage(
    String id,
    Instant at,
    @Nullable Integer seconds,
    @Nullable Double cores,
    @Nullable Long memoryBytes,
    MemorySource source,
    More more) {
  /** Of a source that tells of CPU and memory alone. */
  static final More NOTHING_MORE = new More(null, null, null, null, null, null, null);

  /**
   * Bytes received and transmitted are counters; pressures are 0–1.
   *
   * @param diskTotalBytes null = shared with others
   */
  record More(
      @Nullable Long diskUsedBytes,
      @Nullable Long diskTotalBytes,
      @Nullable Long receivedBytes,
      @Nullable Long transmittedBytes,
      @Nullable Double pressureCpu,
      @Nullable Double pressureMemory,
      @Nullable Double pressureIo) {}
}
