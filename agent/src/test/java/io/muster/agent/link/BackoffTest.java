package io.muster.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void waits_doubleUpToTheLongestAndAreJittered() {
    Backoff backoff = new Backoff(new Random(7));
    Duration whole = Backoff.FIRST;
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Duration wait = backoff.next();
      assertThat(wait).isBetween(whole.dividedBy(2), whole);
      waits.add(wait);
      whole = whole.multipliedBy(2);
      whole = whole.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : whole;
    }
    assertThat(waits.stream().distinct().count()).isGreaterThan(15);

    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Backoff.FIRST);
  }
}
