package io.muster.agent;

import io.muster.protocol.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Asks many servers at once, not more than a site's agent would. */
final class InParallel {
  private InParallel() {}

  /** Answers in the order of {@code servers}. Blocks until the last one is there. */
  static <T> List<T> ask(List<Server> servers, int atOnce, Function<Server, T> question)
      throws InterruptedException {
    Semaphore permits = new Semaphore(atOnce);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Server server : servers) {
        futures.add(
            threads.submit(() -> {
              permits.acquire();
              try {
                return question.apply(server);
              } finally {
                permits.release();
              }
            }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Asking a server broke", e.getCause());
    }
  }
}
