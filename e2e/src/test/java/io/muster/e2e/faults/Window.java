package io.muster.e2e.faults;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from second of the epoch, excluded
 * @param to included
 */
record Window(long from, long to) {
  static Window sinceUntilNow(long from) {
    return new Window(from, Instant.now().getEpochSecond());
  }

  /** A condition on {@code ts}. */
  String condition() {
    return "ts > '%s' AND ts <= '%s'"
        .formatted(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  boolean contains(long second) {
    return from < second && second <= to;
  }
}
