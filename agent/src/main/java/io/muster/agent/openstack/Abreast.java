package io.muster.agent.openstack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Pieces of work side by side. */
final class Abreast {
  private final ExecutorService threads;
  private final List<Future<?>> running = new ArrayList<>();

  Abreast(ExecutorService threads) {
    this.threads = threads;
  }

  /** A piece of work that says itself what became of it. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  void start(Work work) {
    try {
      running.add(
          threads.submit(() -> {
            work.run();
            return true;
          }));
    } catch (RejectedExecutionException closed) {
      // The driver was closed: the caller's next call says so.
    }
  }

  /** Blocks until all have ended. */
  void await() throws InterruptedException {
    try {
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      running.forEach(one -> one.cancel(true));
      running.clear();
    }
  }
}
