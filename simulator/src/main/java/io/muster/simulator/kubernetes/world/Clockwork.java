package io.muster.simulator.kubernetes.world;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due later, at the pace of this cluster; done with the lock of writes held. */
final class Clockwork {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  private final ScheduledExecutorService timer;
  private final WorldSettings settings;
  private final Lock writes;

  Clockwork(ScheduledExecutorService timer, WorldSettings settings, Lock writes) {
    this.timer = timer;
    this.settings = settings;
    this.writes = writes;
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

  private void attempt(Runnable deed) {
    writes.lock();
    try {
      deed.run();
    } catch (RuntimeException e) {
      LOG.error("What was due failed", e);
    } finally {
      writes.unlock();
    }
  }
}
