package io.muster.simulator.kubernetes.world;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due later, at the pace of this cluster. */
final class Clockwork {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  private final ScheduledExecutorService timer;
  private final WorldSettings settings;

  Clockwork(ScheduledExecutorService timer, WorldSettings settings) {
    this.timer = timer;
    this.settings = settings;
  }

  /** Does something after what takes so long in life. */
  void after(Duration life, Runnable deed) {
    exactlyAfter(settings.paced(life), deed);
  }

  /** Does something after so long, whatever the pace. */
  void exactlyAfter(Duration time, Runnable deed) {
    try {
      Future<?> _ = timer.schedule(() -> attempt(deed), time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The cluster is ending", e);
    }
  }

  /** Does something again and again. */
  void every(Duration time, Runnable deed) {
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(deed), time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void attempt(Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException e) {
      LOG.error("What was due failed", e);
    }
  }
}
