package io.muster.agent.provider;

import java.time.Duration;

/** The moment by which a piece of work must have ended, on the monotonic clock. */
public final class Deadline {
  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left; zero when the deadline has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  public boolean passed() {
    return endNanos - System.nanoTime() <= 0;
  }

  /** The earlier of this deadline and {@code limit} from now. */
  public Deadline atMost(Duration limit) {
    return new Deadline(Math.min(endNanos, System.nanoTime() + limit.toNanos()));
  }
}
