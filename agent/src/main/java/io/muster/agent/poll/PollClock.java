package io.muster.agent.poll;

import java.time.Duration;
import java.time.Instant;

/** The wall clock and the waiting on it: a seam, so that jumps of the clock can be tested. */
interface PollClock {
  PollClock SYSTEM =
      new PollClock() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  Instant now();

  /** Blocks for {@code duration} of real time, whatever the wall clock does meanwhile. */
  void sleep(Duration duration) throws InterruptedException;
}
