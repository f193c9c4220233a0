package io.muster.simulator.proxmox.world.model;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is due when. Nothing runs by itself: whoever asks the world something first carries out what
 * has become due, in order and at its own time. Guarded by the world's lock.
 */
public final class Agenda {
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

  /** The moment, in epoch milliseconds; while something due is carried out, the time it was due. */
  public long now() {
    return running ? runningMs : clock.millis();
  }

  /** Lets something happen later; at once when the moment is past. */
  public void at(long ms, Runnable deed) {
    if (ms <= now()) {
      deed.run();
    } else {
      queue.add(new Due(ms, numbers++, deed));
    }
  }

  /** Whether {@link #catchUp()} has anything to do; may be asked without the write lock. */
  public boolean isBehind() {
    Due next = queue.peek();
    return next != null && next.atMs() <= clock.millis();
  }

  /** Carries out all that has become due. */
  public void catchUp() {
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
  }
}
