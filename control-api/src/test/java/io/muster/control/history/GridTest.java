package io.muster.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static long usualStep(Duration length, Duration least) {
    return Grid.step(NOON.minus(length), NOON, least).toSeconds();
  }

  @Test
  void firstAndLastPoint_areWhole() {
    Grid grid =
        Grid.of(NOON.plusSeconds(25), NOON.plusSeconds(61).plusNanos(1), Duration.ofSeconds(20));

    assertThat(grid.from()).isEqualTo(NOON.plusSeconds(20));
    assertThat(grid.to()).isEqualTo(NOON.plusSeconds(80));
    assertThat(grid.points()).isEqualTo(3);
    assertThat(grid.point(grid.at(2))).isEqualTo(2);
  }

  @Test
  void usualStep_makes500PointsAtMost() {
    assertThat(usualStep(Duration.ofHours(1), Duration.ofSeconds(20))).isEqualTo(20);
    assertThat(usualStep(Duration.ofHours(24), Duration.ofSeconds(20))).isEqualTo(180);
    assertThat(usualStep(Duration.ofDays(30), Duration.ofHours(1))).isEqualTo(7_200);
    for (int hours = 1; hours < 5 * 365 * 24; hours += 7) {
      Instant from = NOON.minus(Duration.ofHours(hours)).plusSeconds(3);
      Duration step = Grid.step(from, NOON.plusSeconds(1), Duration.ofSeconds(1));
      assertThat(Grid.of(from, NOON.plusSeconds(1), step).points()).isBetween(1L, 500L);
    }
  }

  @Test
  void usualStep_isNotBelowTheLeast() {
    assertThat(usualStep(Duration.ofMinutes(5), Duration.ofMinutes(2))).isEqualTo(120);
    assertThat(usualStep(Duration.ofMinutes(5), Duration.ofHours(1))).isEqualTo(3_600);
  }
}
