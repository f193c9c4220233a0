package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.metrics.BreakerState;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BreakerTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Breaker breaker = new Breaker(INTERVAL, new Random(7));
  private Instant tick = NOON;

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"UNREACHABLE", "TLS", "DEADLINE_EXCEEDED", "OVERLOADED"})
  void failed_opensAfterThreeInARow(Failure failure) {
    fail(failure);
    fail(failure);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(failure);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void failed_opensAtOnceForARefusedCredentialAndForAboutAMinute() {
    fail(Failure.UNAUTHORIZED);

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(ticksUntilProbe()).isBetween(3, 6);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"UNEXPECTED_ANSWER", "FORBIDDEN", "BUG"})
  void failed_staysClosedForWhatIsNotReach(Failure failure) {
    for (int i = 0; i < 10; i++) {
      fail(failure);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void permits_onePollAsAProbeAndClosesWhenItSucceeds() {
    open();
    ticksUntilProbe();

    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    breaker.answered();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.consecutiveFailures()).isZero();
  }

  @Test
  void permits_againAtOnceWhenTheClockWasSetBack() {
    open();

    assertThat(breaker.permits(NOON.minus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void failed_backsOffUpToAMinute() {
    open();
    int longest = 0;
    for (int probe = 0; probe < 20; probe++) {
      longest = Math.max(longest, ticksUntilProbe());
      fail(Failure.UNREACHABLE);
      assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    assertThat(longest).isEqualTo(6);
  }

  @Property
  void permits_leavesNoServerUnaskedForMoreThanAMinute(
      @ForAll @Size(max = 60) List<Failure> failures,
      @ForAll @IntRange(min = 1, max = 120) int seconds,
      @ForAll long seed) {
    Duration interval = Duration.ofSeconds(seconds);
    Duration bound = interval.compareTo(Breaker.MAX_BACK_OFF) > 0 ? interval : Breaker.MAX_BACK_OFF;
    Breaker subject = new Breaker(interval, new Random(seed));
    Instant now = NOON;
    for (Failure failure : failures) {
      Instant asked = now;
      subject.failed(failure, now);
      do {
        now = now.plus(interval);
      } while (!subject.permits(now));
      assertThat(Duration.between(asked, now)).isLessThanOrEqualTo(bound);
    }
  }

  private void open() {
    for (int i = 0; i < Breaker.FAILURES_TO_OPEN; i++) {
      fail(Failure.UNREACHABLE);
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  private void fail(Failure failure) {
    breaker.failed(failure, tick);
  }

  private int ticksUntilProbe() {
    int ticks = 0;
    do {
      tick = tick.plus(INTERVAL);
      ticks++;
    } while (!breaker.permits(tick));
    return ticks;
  }
}
