package io.muster.simulator.kubernetes.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The one order of all writes, and the lock that makes it one. */
public final class Revisions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final InstantSource clock;
  private long last = 1;

  public Revisions(InstantSource clock) {
    this.clock = clock;
  }

  /** Held while something is read or written that must not change meanwhile. */
  public ReentrantLock lock() {
    return lock;
  }

  InstantSource clock() {
    return clock;
  }

  /** What time it is for what is written. */
  public Instant now() {
    return clock.instant();
  }

  /** The number of the last write. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** The number of a new write; wakes those who wait for one. */
  long next() {
    written.signalAll();
    return ++last;
  }

  /** Waits, with the lock held, for writes until something holds, at most so long. */
  void await(BooleanSupplier until, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    while (!until.getAsBoolean() && left > 0) {
      left = written.awaitNanos(left);
    }
  }
}
