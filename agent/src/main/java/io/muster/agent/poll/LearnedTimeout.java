package io.muster.agent.poll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a poll of one server may take, learned from how long it took so far: smoothed mean plus
 * four deviations, as TCP computes its retransmission time-out (RFC 6298). Not thread-safe.
 */
final class LearnedTimeout {
  /**
   * A worker of the server restarting, or one unreachable member before the next, costs about 2 s.
   */
  static final Duration FLOOR = Duration.ofSeconds(3);

  /** A poll must end before the next tick: a tenth of the interval is left for what follows it. */
  static final double CEILING_FRACTION = 0.9;

  /** A handler that has not answered in a minute never does; longer only holds its worker. */
  static final Duration MAX_CEILING = Duration.ofSeconds(60);

  private static final double MEAN_GAIN = 1.0 / 8;
  private static final double DEVIATION_GAIN = 1.0 / 4;
  private static final int DEVIATIONS = 4;
  private static final int GROWTH = 2;

  private final double floorMs;
  private final double ceilingMs;
  private @Nullable Double meanMs;
  private double deviationMs;
  private double currentMs;

  LearnedTimeout(Duration interval) {
    ceilingMs = Math.min(interval.toMillis() * CEILING_FRACTION, (double) MAX_CEILING.toMillis());
    floorMs = Math.min((double) FLOOR.toMillis(), ceilingMs);
    currentMs = ceilingMs;
  }

  Duration current() {
    return Duration.ofMillis((long) currentMs);
  }

  Duration ceiling() {
    return Duration.ofMillis((long) ceilingMs);
  }

  /** A poll succeeded in {@code elapsed}. */
  void answered(Duration elapsed) {
    double ms = elapsed.toNanos() / 1e6;
    Double mean = meanMs;
    if (mean == null) {
      meanMs = ms;
      deviationMs = ms / 2;
    } else {
      deviationMs += DEVIATION_GAIN * (Math.abs(mean - ms) - deviationMs);
      meanMs = mean + MEAN_GAIN * (ms - mean);
    }
    currentMs = bounded(meanMs + DEVIATIONS * deviationMs);
  }

  /** A poll did not end in time: the next one gets twice as long. */
  void exceeded() {
    currentMs = bounded(currentMs * GROWTH);
  }

  private double bounded(double ms) {
    return Math.clamp(ms, floorMs, ceilingMs);
  }
}
