package io.muster.agent.inventory;

import io.muster.protocol.Maintenance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When nobody is to be alarmed of a server or of nodes of it.
 *
 * @param periods over or not
 */
public record Maintained(List<Maintenance> periods) {
  public static final Maintained NEVER = new Maintained(List.of());

  public Maintained {
    periods = List.copyOf(periods);
  }

  /** The end of the whole server's; null = it is in none at this moment. */
  public @Nullable Instant serverUntil(Instant at) {
    return until(null, at);
  }

  /** The end of that of one node alone; null = it is in none at this moment. */
  public @Nullable Instant nodeUntil(String node, Instant at) {
    return until(node, at);
  }

  private @Nullable Instant until(@Nullable String node, Instant at) {
    return periods.stream()
        .filter(period -> Objects.equals(period.node(), node) && at.isBefore(period.until()))
        .map(Maintenance::until)
        .max(Instant::compareTo)
        .orElse(null);
  }

  /** What is left of it. */
  public Maintained after(Instant at) {
    return new Maintained(periods.stream().filter(period -> at.isBefore(period.until())).toList());
  }
}
