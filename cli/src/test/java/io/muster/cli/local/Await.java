package io.muster.cli.local;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for a fact with a bound. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  static void that(Callable<Boolean> fact) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!fact.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("Not so after " + PATIENCE.toSeconds() + " s");
        }
        Thread.sleep(20);
      }
    } catch (RuntimeException unexpected) {
      throw unexpected;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
