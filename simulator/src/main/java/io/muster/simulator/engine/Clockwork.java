package io.muster.simulator.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due later, at the pace of one platform; done with the lock of its writes held. */
public final class Clockwork {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  private final ScheduledExecutorService timer;
  private final double pace;
  private final Lock writes;

  /**
   * Nothing is due yet.
   *
   * @param pace what takes a second in life takes so many
   * @param writes is held while anything is done
   */
  public Clockwork(ScheduledExecutorService timer, double pace, Lock writes) {
    this.timer = timer;
    this.pace = pace;
    this.writes = writes;
  }

  /** Does something after what takes so long in life. */
  public void after(Duration life, Runnable deed) {
    exactlyAfter(Duration.ofNanos((long) (life.toNanos() * pace)), deed);
  }

  /** Does something after so long, whatever the pace. */
  public void exactlyAfter(Duration time, Runnable deed) {
    try {
      Future<?> _ = timer.schedule(() -> attempt(deed), time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The platform is ending", e);
    }
  }

  /** Does something again and again. */
  public void every(Duration time, Runnable deed) {
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
