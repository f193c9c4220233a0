package io.muster.simulator.proxmox.world.model;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is due when. Nothing runs by itself: whoever asks the world something first carries out what
 * has become due, in order and at its own time. Guarded by the world's lock.
 */
public final class Agenda {
  private static final ScopedValue<Long> MOMENT = ScopedValue.newInstance();

  private final InstantSource clock;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
  private long numbers;
  private boolean running;
  private long runningMs;

  public Agenda(InstantSource clock) {
    this.clock = clock;
  }

  private record Due(long atMs, long number, Runnable deed) {}

  /**
   * The moment, in epoch milliseconds: within {@link #asOf} that of the question; while something
   * due is carried out, the time it was due.
   */
  public long now() {
    if (running) {
      return runningMs;
    }
    return MOMENT.isBound() ? MOMENT.get() : clock.millis();
  }

  /** Asks or does something for which it is one moment from its beginning to its end. */
  public static <T extends @Nullable Object, X extends Throwable> T asOf(
      long ms, ScopedValue.CallableOp<T, X> question) throws X {
    return ScopedValue.where(MOMENT, ms).call(question);
  }

  /** Lets something happen later; at once when the moment is past. */
  public void at(long ms, Runnable deed) {
    if (ms <= now()) {
      deed.run();
    } else {
      queue.add(new Due(ms, numbers++, deed));
    }
  }

  /** The moment, or null while something due has not been carried out; needs a read lock. */
  public @Nullable Long upToDate() {
    long now = clock.millis();
    Due next = queue.peek();
    return next != null && next.atMs() <= now ? null : now;
  }

  /** Carries out all that has become due; answers the moment up to which it did. */
  public long catchUp() {
    long until = clock.millis();
    running = true;
    try {
      for (Due next = queue.peek(); next != null && next.atMs() <= until; next = queue.peek()) {
        queue.remove();
        runningMs = next.atMs();
        next.deed().run();
      }
    } finally {
      running = false;
    }
    return until;
  }
}
