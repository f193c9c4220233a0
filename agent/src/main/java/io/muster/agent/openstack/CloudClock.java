package io.muster.agent.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud's clock says beside ours. Apache and HAProxy put the time on every answer, bare
 * uWSGI on none; Keystone says it with every token. Thread-safe.
 */
final class CloudClock {
  private final InstantSource ours;
  private @Nullable Duration skew;

  CloudClock(InstantSource ours) {
    this.ours = ours;
  }

  Instant now() {
    return ours.instant();
  }

  /**
   * A time on an answer, to the second.
   *
   * @param asked when the question was sent, by our clock
   */
  synchronized void said(Instant time, Instant asked) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    Duration ahead = Duration.between(ours.instant(), second);
    Duration behind = Duration.between(asked, second.plusSeconds(1));
    skew = ahead.isPositive() ? ahead : behind.isNegative() ? behind : Duration.ZERO;
  }

  /**
   * The cloud's clock minus ours, as it was last said since this was last asked; null = it was not.
   */
  synchronized @Nullable Duration takeSkew() {
    Duration last = skew;
    skew = null;
    return last;
  }
}
