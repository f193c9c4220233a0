package io.muster.e2e.grafana;

import java.time.Duration;
import java.time.Instant;

/** A dashboard's time range, to the nanosecond as Grafana sends it. */
record Range(Instant from, Instant to) {
  Range {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(from + " is not before " + to);
    }
  }

  /** With digits down to the nanosecond, as a browser's clock and Go's give them. */
  static Range last(Duration length) {
    var to = Instant.now().plusNanos(1);
    return new Range(to.minus(length), to);
  }
}
