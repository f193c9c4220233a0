package io.muster.agent.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A storage's numbers: {@code storage_metrics}.
 *
 * @param node null when the storage is shared: one row for all nodes
 */
public record StorageSample(
    Instant ts,
    @Nullable String node,
    String storage,
    @Nullable String kind,
    Status status,
    @Nullable Long usedBytes,
    @Nullable Long totalBytes)
    implements Sample {

  /** As in {@code storage_metrics.status}. */
  public enum Status {
    AVAILABLE("available"),
    UNAVAILABLE("unavailable"),
    UNKNOWN("unknown");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
