package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many calls may be under way at each address. */
final class Slots {
  private final int each;
  private final Map<Endpoint, Semaphore> free = new ConcurrentHashMap<>();

  Slots(int each) {
    this.each = each;
  }

  /** Blocks until there is room, in the order of asking; false when the deadline came first. */
  boolean acquire(Endpoint at, Deadline deadline) {
    try {
      return of(at).tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void release(Endpoint at) {
    of(at).release();
  }

  private Semaphore of(Endpoint at) {
    return free.computeIfAbsent(at, key -> new Semaphore(each, true));
  }
}
