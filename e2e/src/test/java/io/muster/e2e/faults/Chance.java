package io.muster.e2e.faults;

import java.time.Duration;
import java.util.Random;

/** Random moments that can be had again. */
final class Chance {
  /** A number that a failed run printed. */
  static final String SEED_PROPERTY = "muster.faults.seed";

  private final Random random;

  Chance(Site site) {
    var seed = Long.getLong(SEED_PROPERTY, System.nanoTime() & 0xFFFF_FFFFL);
    site.say("random moments of -D%s=%d".formatted(SEED_PROPERTY, seed));
    random = new Random(seed);
  }

  /** Lets some time pass, at most {@code longest}. Blocks. */
  void pause(Duration longest) throws InterruptedException {
    Thread.sleep(random.nextLong(longest.toMillis() + 1));
  }

  boolean coin() {
    return random.nextBoolean();
  }
}
