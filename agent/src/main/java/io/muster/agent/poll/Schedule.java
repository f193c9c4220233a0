package io.muster.agent.poll;

import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a server is read: ticks are the multiples of its interval since the epoch, and its request
 * goes out a fixed spread after each, so that the servers of a site don't burst together.
 */
final class Schedule {
  /** Half: the spread servers still answer well before their next tick. */
  static final double SPREAD_FRACTION = 0.5;

  /** A row is never asked for much later than its tick says, however long the interval. */
  static final Duration MAX_SPREAD = Duration.ofSeconds(15);

  /**
   * A clock set back by less is waited for, so that no tick is polled twice; by more, polling
   * starts afresh, so that no server is silent for longer than a minute.
   */
  static final Duration MAX_WAIT_FOR_CLOCK = Duration.ofSeconds(60);

  private final long intervalMs;
  private final long spreadMs;

  Schedule(Duration interval, Duration spread) {
    intervalMs = interval.toMillis();
    spreadMs = spread.toMillis();
    if (intervalMs <= 0 || spreadMs < 0 || spreadMs >= intervalMs) {
      throw new IllegalArgumentException(
          "an interval of " + interval + " with a spread of " + spread + " is no schedule");
    }
  }

  static Schedule of(ServerId id, Duration interval) {
    return new Schedule(interval, spread(id, interval));
  }

  /** The same for the same server in every process: a restart doesn't move its requests. */
  static Duration spread(ServerId id, Duration interval) {
    long mixed =
        (id.value().getMostSignificantBits() ^ id.value().getLeastSignificantBits())
            * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    double fraction = (mixed >>> 11) * 0x1.0p-53;
    long bound = Math.min((long) (interval.toMillis() * SPREAD_FRACTION), MAX_SPREAD.toMillis());
    return Duration.ofMillis((long) (bound * fraction));
  }

  Duration interval() {
    return Duration.ofMillis(intervalMs);
  }

  /**
   * The first slot that is not over yet and comes after {@code last}.
   *
   * @param last tick of the last poll; null = none
   */
  Slot next(Instant now, @Nullable Instant last) {
    long tick = Math.ceilDiv(now.toEpochMilli() - spreadMs, intervalMs) * intervalMs;
    if (slot(tick).at().isBefore(now)) {
      tick += intervalMs; // now has a fraction of a millisecond
    }
    if (last != null && !setBack(now, last)) {
      tick =
          Math.max(tick, Math.floorDiv(last.toEpochMilli(), intervalMs) * intervalMs + intervalMs);
    }
    return slot(tick);
  }

  /** The newest slot whose moment has come. */
  Slot latest(Instant now) {
    return slot(Math.floorDiv(now.toEpochMilli() - spreadMs, intervalMs) * intervalMs);
  }

  /** Ticks strictly between the two. */
  int ticksBetween(Instant earlier, Instant later) {
    return (int) Math.max(0, (later.toEpochMilli() - earlier.toEpochMilli() - 1) / intervalMs);
  }

  static boolean setBack(Instant now, Instant last) {
    return last.isAfter(now.plus(MAX_WAIT_FOR_CLOCK));
  }

  private Slot slot(long tickMs) {
    return new Slot(Instant.ofEpochMilli(tickMs), Instant.ofEpochMilli(tickMs + spreadMs));
  }
}
