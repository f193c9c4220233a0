package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own health.
 *
 * @param status {@code UP} or {@code DOWN}
 */
@Serdeable
record HealthView(String status, List<Check> checks) {
  static final String UP = "UP";
  static final String DOWN = "DOWN";

  HealthView {
    checks = List.copyOf(checks);
  }

  /** One thing that the agent needs. */
  @Serdeable
  record Check(String name, String status, @Nullable String detail) {}
}
