package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void next_isTheTickWhoseMomentComesNext() {
    Schedule schedule = new Schedule(Duration.ofSeconds(10), Duration.ofSeconds(3));

    assertThat(schedule.next(NOON.plusMillis(2_999), null))
        .isEqualTo(new Slot(NOON, NOON.plusSeconds(3)));
    assertThat(schedule.next(NOON.plusMillis(3_001), null))
        .isEqualTo(new Slot(NOON.plusSeconds(10), NOON.plusSeconds(13)));
  }

  @Test
  void next_neverTakesATickTwice() {
    Schedule schedule = new Schedule(Duration.ofSeconds(10), Duration.ofSeconds(3));

    assertThat(schedule.next(NOON.plusSeconds(1), NOON).tick()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void next_startsAfreshWhenTheClockWasSetBackByMoreThanAMinute() {
    Schedule schedule = new Schedule(Duration.ofSeconds(10), Duration.ZERO);

    assertThat(schedule.next(NOON, NOON.plusSeconds(50)).tick()).isEqualTo(NOON.plusSeconds(60));
    assertThat(schedule.next(NOON, NOON.plusSeconds(70)).tick()).isEqualTo(NOON);
  }

  @Test
  void spread_isTheSameForTheSameServerAndAnotherForAnother() {
    ServerId one = new ServerId(new UUID(1, 2));
    ServerId two = new ServerId(new UUID(1, 3));
    Duration interval = Duration.ofSeconds(10);

    assertThat(Schedule.spread(one, interval)).isEqualTo(Schedule.spread(one, interval));
    assertThat(Schedule.spread(one, interval)).isNotEqualTo(Schedule.spread(two, interval));
  }

  @Property
  void spread_staysWithinItsBounds(
      @ForAll long most, @ForAll long least, @ForAll @IntRange(min = 1, max = 3600) int seconds) {
    Duration interval = Duration.ofSeconds(seconds);

    Duration spread = Schedule.spread(new ServerId(new UUID(most, least)), interval);

    assertThat(spread)
        .isBetween(Duration.ZERO, Schedule.MAX_SPREAD)
        .isLessThanOrEqualTo(interval.dividedBy(2));
  }

  @Property
  void next_isAlignedComesInTimeAndWaitsLessThanAnInterval(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000_000L) long nowMicros,
      @ForAll @IntRange(min = 1, max = 600) int seconds,
      @ForAll @IntRange(min = 0, max = 499) int spreadMs) {
    Instant now = Instant.EPOCH.plusNanos(nowMicros * 1000);
    Schedule schedule = new Schedule(Duration.ofSeconds(seconds), Duration.ofMillis(spreadMs));

    Slot slot = schedule.next(now, null);

    assertThat(slot.tick().toEpochMilli() % (seconds * 1000L)).isZero();
    assertThat(slot.at()).isEqualTo(slot.tick().plusMillis(spreadMs)).isAfterOrEqualTo(now);
    assertThat(Duration.between(now, slot.at())).isLessThanOrEqualTo(Duration.ofSeconds(seconds));
    assertThat(schedule.latest(slot.at())).isEqualTo(slot);
  }
}
