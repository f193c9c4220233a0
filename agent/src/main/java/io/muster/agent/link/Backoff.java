package io.muster.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try. Not thread-safe. */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);

  /** A control API that is back is found soon, and a hundred agents don't keep it from starting. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The last connection was a good one. */
  void reset() {
    next = FIRST;
  }

  /** Between half and all of it, so that agents that lost the link together don't return so. */
  Duration next() {
    long all = next.toMillis();
    next = next.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return Duration.ofMillis(random.nextLong(all / 2, all + 1));
  }
}
