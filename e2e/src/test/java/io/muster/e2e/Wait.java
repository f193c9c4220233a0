package io.muster.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waiting for a fact with a bound. */
public final class Wait {
  private Wait() {}

  /** {@code fact} completes "Not so after 5 s: …". */
  public static void until(Duration patience, Supplier<String> fact, Callable<Boolean> isSo) {
    var end = System.nanoTime() + patience.toNanos();
    try {
      while (!isSo.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError(
              "Not so after %d s: %s".formatted(patience.toSeconds(), fact.get()));
        }
        Thread.sleep(100);
      }
    } catch (RuntimeException unexpected) {
      throw unexpected;
    } catch (Exception failed) {
      throw new AssertionError("While waiting until " + fact.get(), failed);
    }
  }
}
