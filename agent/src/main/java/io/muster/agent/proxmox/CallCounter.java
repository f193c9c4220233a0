package io.muster.agent.proxmox;

import java.util.concurrent.atomic.AtomicInteger;

/** Requests sent in one poll, failed ones too. */
final class CallCounter {
  private final AtomicInteger count = new AtomicInteger();

  void add() {
    count.incrementAndGet();
  }

  int total() {
    return count.get();
  }
}
