package io.muster.agent.poll;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Waits from slot to slot. A slot that passed while a poll ran long, or while the machine slept, is
 * skipped and counted, never made up for. Not thread-safe.
 */
final class Pacer {
  /** How soon a jump of the clock is noticed. */
  static final Duration MAX_NAP = Duration.ofSeconds(5);

  private final Schedule schedule;
  private final PollClock clock;
  private @Nullable Instant last;

  /**
   * @param last the newest tick that is taken already; null = none
   */
  Pacer(Schedule schedule, PollClock clock, @Nullable Instant last) {
    this.schedule = schedule;
    this.clock = clock;
    this.last = last;
  }

  /** Blocks until the next slot's moment has come. */
  Turn await() throws InterruptedException {
    Instant previous = last;
    Slot slot = schedule.next(clock.now(), previous);
    Instant now = clock.now();
    while (now.isBefore(slot.at())) {
      Duration left = Duration.between(now, slot.at());
      if (left.compareTo(schedule.interval()) > 0) {
        slot = schedule.next(now, previous);
        left = Duration.between(now, slot.at());
      }
      clock.sleep(left.compareTo(MAX_NAP) < 0 ? left : MAX_NAP);
      now = clock.now();
    }
    if (Duration.between(slot.at(), now).compareTo(schedule.interval()) >= 0) {
      slot = schedule.latest(now);
    }
    int missed = previous == null ? 0 : schedule.ticksBetween(previous, slot.tick());
    last = slot.tick();
    Duration late = Duration.between(slot.at(), now).plus(schedule.interval().multipliedBy(missed));
    return new Turn(slot.tick(), missed, late);
  }

  @Nullable Instant last() {
    return last;
  }

  /**
   * A slot whose moment has come.
   *
   * @param missed ticks skipped since the last turn
   * @param late how far behind its plan it is, skipped ticks included
   */
  record Turn(Instant tick, int missed, Duration late) {}
}
