package io.muster.agent.metrics;

import io.muster.agent.provider.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server of the inventory is: {@code server_states}.
 *
 * @param until end of a maintenance; null = none
 */
public record ServerState(
    Lifecycle lifecycle,
    @Nullable Instant until,
    Duration interval,
    ServerFacts facts,
    List<String> tags) {
  public ServerState {
    tags = List.copyOf(tags);
  }

  /** As in {@code server_states.state}. */
  public enum Lifecycle {
    ACTIVE("active"),
    DISABLED("disabled"),
    REMOVED("removed"),
    MAINTENANCE("maintenance");

    private final String label;

    Lifecycle(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
