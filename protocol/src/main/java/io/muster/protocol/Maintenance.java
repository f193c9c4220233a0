package io.muster.protocol;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A time in which polling goes on and nobody is alarmed; it ends by itself.
 *
 * @param node of the server, when it is about that one alone; null = the whole server
 * @param reason for people; null = none given
 */
public record Maintenance(@Nullable String node, Instant until, @Nullable String reason) {
  public Maintenance {
    Objects.requireNonNull(until, "until");
  }
}
