package io.muster.control.history;

import io.muster.control.history.ConnectionHistoryView.Hour;
import io.muster.control.history.ConnectionHistoryView.Summary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of some time, counted so that they can be added up.
 *
 * @param responses how many were answered, with success or without
 * @param responseTimeMs of all answers together
 */
record Tally(long attempts, long successes, long responses, double responseTimeMs) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  private static final double PERCENT = 100;

  Tally plus(Tally other) {
    return new Tally(
        attempts + other.attempts,
        successes + other.successes,
        responses + other.responses,
        responseTimeMs + other.responseTimeMs);
  }

  Hour hour(Instant begin) {
    return new Hour(begin, successRate(), mean(), attempts);
  }

  Summary summary() {
    return new Summary(attempts, successes, successRate(), mean());
  }

  private @Nullable Double successRate() {
    return attempts == 0 ? null : PERCENT * successes / attempts;
  }

  private @Nullable Double mean() {
    return responses == 0 ? null : responseTimeMs / responses;
  }
}
