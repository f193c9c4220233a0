package io.muster.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AvailabilityTest {
  private static final Instant NOW = Instant.parse("2027-03-01T12:30:00Z");

  private final Availability availability = new Availability();

  @Test
  void nothingAttempted_isUnknownAndNotZero() {
    assertThat(availability.successRate(NOW)).isNull();
    assertThat(availability.responseTimeMs(NOW)).isNull();
  }

  @Test
  void rateAndTime_areOfTheLast24Hours() {
    availability.record(NOW.minus(Duration.ofHours(30)), false, null);
    availability.record(NOW.minus(Duration.ofHours(3)), true, 100.0);
    availability.record(NOW.minus(Duration.ofHours(2)), false, null);
    availability.record(NOW, true, 50.0);
    availability.record(NOW, true, 60.0);

    assertThat(availability.successRate(NOW)).isEqualTo(0.75);
    assertThat(availability.responseTimeMs(NOW)).isCloseTo(70, within(1e-9));
    assertThat(availability.successRate(NOW.plus(Duration.ofHours(21)))).isEqualTo(2.0 / 3);
    assertThat(availability.successRate(NOW.plus(Duration.ofHours(30)))).isNull();
  }
}
