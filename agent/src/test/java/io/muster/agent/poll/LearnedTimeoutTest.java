package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LearnedTimeoutTest {
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final LearnedTimeout timeout = new LearnedTimeout(INTERVAL);

  @Test
  void current_startsAtTheCeiling() {
    assertThat(timeout.current()).isEqualTo(Duration.ofSeconds(18));
  }

  /** Or nobody would ever hear that a server's polls get too slow: no poll takes longer. */
  @Test
  void ceiling_liesAboveTheLimitOfTheAlertOnSlowPolls() throws IOException {
    double percent =
        Files.readAllLines(Path.of("..", "provisioning", "thresholds.csv")).stream()
            .filter(line -> line.startsWith("poll-slow,"))
            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
            .findFirst()
            .orElseThrow();

    assertThat(100 * LearnedTimeout.CEILING_FRACTION).isGreaterThan(percent);
  }

  @Test
  void current_fallsToTheFloorWhenAnswersAreQuick() {
    answered(20, 100);

    assertThat(timeout.current()).isEqualTo(LearnedTimeout.FLOOR);
  }

  @Test
  void current_isMeanPlusFourDeviations() {
    timeout.answered(Duration.ofSeconds(2));

    assertThat(timeout.current()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void current_followsASlowerServer() {
    answered(20, 100);
    answered(200, 5000);

    assertThat(timeout.current()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5200));
  }

  @Test
  void exceeded_doublesUpToTheCeiling() {
    answered(20, 100);

    timeout.exceeded();
    assertThat(timeout.current()).isEqualTo(LearnedTimeout.FLOOR.multipliedBy(2));
    timeout.exceeded();
    timeout.exceeded();
    assertThat(timeout.current()).isEqualTo(timeout.ceiling());
  }

  @Test
  void ceiling_isBelowTheIntervalHoweverShort() {
    LearnedTimeout quick = new LearnedTimeout(Duration.ofSeconds(1));
    quick.answered(Duration.ofMillis(5));

    assertThat(quick.current()).isEqualTo(Duration.ofMillis(900));
  }

  @Property
  void current_staysWithinItsBounds(
      @ForAll List<@IntRange(min = -1, max = 100_000) Integer> answers,
      @ForAll @IntRange(min = 1, max = 600) int seconds) {
    LearnedTimeout learned = new LearnedTimeout(Duration.ofSeconds(seconds));
    for (int answer : answers) {
      if (answer < 0) {
        learned.exceeded();
      } else {
        learned.answered(Duration.ofMillis(answer));
      }
      assertThat(learned.current())
          .isBetween(
              LearnedTimeout.FLOOR.compareTo(learned.ceiling()) < 0
                  ? LearnedTimeout.FLOOR
                  : learned.ceiling(),
              learned.ceiling())
          .isLessThan(Duration.ofSeconds(seconds));
    }
  }

  private void answered(int times, int ms) {
    for (int i = 0; i < times; i++) {
      timeout.answered(Duration.ofMillis(ms));
    }
  }
}
