package io.muster.simulator.kubernetes;

import java.time.Instant;
import java.time.InstantSource;

/** What time the cluster believes it is. */
final class ClusterClock implements InstantSource {
  private final InstantSource real;
  private volatile long offsetSeconds;

  ClusterClock(InstantSource real) {
    this.real = real;
  }

  void ahead(long seconds) {
    offsetSeconds = seconds;
  }

  @Override
  public Instant instant() {
    return real.instant().plusSeconds(offsetSeconds);
  }
}
