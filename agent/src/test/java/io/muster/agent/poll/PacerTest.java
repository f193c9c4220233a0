package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class PacerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Schedule EVERY_TEN_SECONDS =
      new Schedule(Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final SetClock clock = new SetClock(NOON);
  private final Pacer pacer = new Pacer(EVERY_TEN_SECONDS, clock, null);

  @Test
  void await_goesFromTickToTick() throws InterruptedException {
    assertThat(pacer.await()).isEqualTo(new Pacer.Turn(NOON, 0, Duration.ZERO));
    clock.pass(Duration.ofSeconds(4));
    assertThat(pacer.await()).isEqualTo(new Pacer.Turn(NOON.plusSeconds(10), 0, Duration.ZERO));
    assertThat(clock.now()).isEqualTo(NOON.plusSeconds(12));
  }

  @Test
  void await_skipsAndCountsTheTicksThatALongPollTook() throws InterruptedException {
    pacer.await();
    clock.pass(Duration.ofSeconds(25));

    Pacer.Turn turn = pacer.await();

    assertThat(turn.tick()).isEqualTo(NOON.plusSeconds(30));
    assertThat(turn.missed()).isEqualTo(2);
    assertThat(turn.late()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void await_takesTheNewestTickAfterASuspend() throws InterruptedException {
    pacer.await();
    clock.jumpAtNextSleep(Duration.ofSeconds(95));

    Pacer.Turn turn = pacer.await();

    assertThat(turn.tick()).isEqualTo(NOON.plusSeconds(100));
    assertThat(turn.missed()).isEqualTo(9);
  }

  @Test
  void await_repeatsNoTickWhenTheClockIsSetBackALittle() throws InterruptedException {
    pacer.await();
    clock.pass(Duration.ofSeconds(-30));

    Pacer.Turn turn = pacer.await();

    assertThat(turn.tick()).isEqualTo(NOON.plusSeconds(10));
    assertThat(turn.missed()).isZero();
  }

  @Test
  void await_isNotSilentForLongWhenTheClockIsSetBackALot() throws InterruptedException {
    pacer.await();
    clock.jumpAtNextSleep(Duration.ofHours(-1));
    Duration slept = clock.slept();

    Pacer.Turn turn = pacer.await();

    assertThat(turn.tick()).isBetween(NOON.minusSeconds(3600), NOON.minusSeconds(3580));
    assertThat(turn.missed()).isZero();
    assertThat(clock.slept().minus(slept)).isLessThan(Duration.ofSeconds(20));
  }

  /** A clock that moves by sleeping, or when it is told to. */
  private static final class SetClock implements PollClock {
    private final Deque<Duration> jumps = new ArrayDeque<>();
    private Instant now;
    private Duration slept = Duration.ZERO;

    SetClock(Instant now) {
      this.now = now;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    void jumpAtNextSleep(Duration jump) {
      jumps.add(jump);
    }

    Duration slept() {
      return slept;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      slept = slept.plus(duration);
      now = now.plus(duration);
      Duration jump = jumps.poll();
      if (jump != null) {
        now = now.plus(jump);
      }
    }
  }
}
