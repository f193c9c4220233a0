package io.muster.agent.metrics;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the writer is to end, and until when QuestDB may still be asked. From any thread. */
final class ClosingTime {
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile long overAtNanos;

  void begin(Duration left) {
    overAtNanos = System.nanoTime() + left.toNanos();
    begun.countDown();
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** Has a meaning only after it has begun. */
  boolean isOver() {
    return System.nanoTime() >= overAtNanos;
  }

  /** The earlier of this moment of the monotonic clock and the end. */
  long limit(long nanos) {
    return hasBegun() ? Math.min(nanos, overAtNanos) : nanos;
  }

  /** Waits until it begins; true when it has. */
  boolean await(long atMostNanos) throws InterruptedException {
    return begun.await(atMostNanos, TimeUnit.NANOSECONDS);
  }
}
