package io.muster.simulator;

import java.util.concurrent.CountDownLatch;

/** Keeps a command running until the program is told to end, and lets it end in order. */
final class Lifetime implements AutoCloseable {
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Lifetime() {}

  /** From now on the program ends only once this is closed: let it be the first resource. */
  static Lifetime begin() {
    Lifetime lifetime = new Lifetime();
    Runtime.getRuntime().addShutdownHook(new Thread(lifetime::endInOrder, "shutdown"));
    return lifetime;
  }

  private void endInOrder() {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for SIGTERM or Ctrl-C. */
  void awaitEnd() throws InterruptedException {
    end.await();
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
