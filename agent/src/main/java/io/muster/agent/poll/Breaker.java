package io.muster.agent.poll;

import io.muster.agent.metrics.BreakerState;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Keeps a server that can't be reached from being asked at every tick. Time is counted in ticks.
 * Not thread-safe: it belongs to one server's loop.
 */
final class Breaker {
  /** One lost answer is weather, three in a row are an outage. */
  static final int FAILURES_TO_OPEN = 3;

  /** A row arrives at least every minute: silence is never mistaken for health. */
  static final Duration MAX_BACK_OFF = Duration.ofSeconds(60);

  private final long maxTicks;
  private final Duration interval;
  private final RandomGenerator random;

  private BreakerState state = BreakerState.CLOSED;
  private int failures;
  private long backOffTicks;
  private Instant openedAt = Instant.EPOCH;
  private Instant probeAt = Instant.EPOCH;

  Breaker(Duration interval, RandomGenerator random) {
    this.interval = interval;
    this.random = random;
    this.maxTicks = Math.max(1, MAX_BACK_OFF.toMillis() / interval.toMillis());
  }

  BreakerState state() {
    return state;
  }

  /** Failures that count, since the last answer. */
  int consecutiveFailures() {
    return failures;
  }

  /** Whether this tick may ask. When open and due, it becomes half-open: one poll as a probe. */
  boolean permits(Instant tick) {
    if (state == BreakerState.OPEN && (!tick.isBefore(probeAt) || tick.isBefore(openedAt))) {
      state = BreakerState.HALF_OPEN; // before openedAt: the clock was set back
    }
    return state != BreakerState.OPEN;
  }

  /** The server answered, even if not everything in the answer was as it should be. */
  void answered() {
    state = BreakerState.CLOSED;
    failures = 0;
    backOffTicks = 0;
  }

  void failed(Failure failure, Instant tick) {
    switch (failure) {
      case UNREACHABLE, TLS, DEADLINE_EXCEEDED, OVERLOADED -> {
        failures++;
        if (state == BreakerState.HALF_OPEN || failures >= FAILURES_TO_OPEN) {
          open(tick, Math.max(1, backOffTicks * 2));
        }
      }
      case UNAUTHORIZED -> {
        // A refused credential stays refused, each try costs the server seconds and may lock it.
        failures++;
        open(tick, maxTicks);
      }
      case FORBIDDEN, UNEXPECTED_ANSWER -> answered();
      case BUG -> {
        if (state == BreakerState.HALF_OPEN) {
          open(tick, Math.max(1, backOffTicks));
        }
      }
    }
  }

  private void open(Instant tick, long ticks) {
    state = BreakerState.OPEN;
    backOffTicks = Math.min(ticks, maxTicks);
    openedAt = tick;
    probeAt = tick.plus(interval.multipliedBy(jittered(backOffTicks)));
  }

  /**
   * Between half and all of it, so that agents that lost one server together don't return together.
   */
  private long jittered(long ticks) {
    long least = Math.ceilDiv(ticks, 2L);
    return least + random.nextLong(ticks - least + 1);
  }
}
