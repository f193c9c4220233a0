package io.muster.agent.openstack;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls until somebody takes the count. */
final class CallCounter {
  private final AtomicInteger calls = new AtomicInteger();

  void add() {
    calls.incrementAndGet();
  }

  /** The calls since it was last asked. */
  int take() {
    return calls.getAndSet(0);
  }
}
