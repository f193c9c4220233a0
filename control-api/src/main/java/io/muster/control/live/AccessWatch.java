package io.muster.control.live;

import io.micronaut.context.annotation.Bean;
import io.muster.control.caller.Identities;
import io.muster.control.caller.Identity;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again whether those who read along still may: their streams outlive a single request. */
@Singleton
@Bean(preDestroy = "close")
final class AccessWatch {
  private static final Logger LOG = LoggerFactory.getLogger(AccessWatch.class);

  /** What expires ends this late at most; a change of an account is looked at when it is made. */
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final LiveReaders readers;
  private final Identities identities;
  private final Semaphore changes = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean closed;

  AccessWatch(LiveReaders readers, Identities identities) {
    this.readers = readers;
    this.identities = identities;
  }

  /** To be called with the first reader. */
  synchronized void start() {
    if (thread == null && !closed) {
      thread = Thread.ofVirtual().name("live access").start(this::run);
    }
  }

  /** Somebody's rights may be others now. Does not block. */
  void look() {
    changes.release();
  }

  void close() {
    closed = true;
    look();
  }

  private void run() {
    try {
      while (!closed) {
        boolean _ = changes.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        check();
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private void check() {
    Map<String, Optional<? extends Identity>> asked = new HashMap<>();
    for (Reader reader : readers.list()) {
      try {
        Optional<? extends Identity> now =
            asked.computeIfAbsent(
                reader.token() + reader.caller().address(), _ -> whoShows(reader));
        if (now.isEmpty()) {
          readers.end(reader, Reset.ACCESS_ENDED);
        } else if (!now.get().equals(reader.caller())) {
          readers.end(reader, Reset.ACCESS_CHANGED);
        }
      } catch (RuntimeException e) {
        LOG.warn("Cannot ask whether {} may still read along", reader.caller().who(), e);
        if (!isOfTheDatabase(e)) {
          readers.end(reader, Reset.ACCESS_ENDED);
        }
      }
    }
  }

  private Optional<? extends Identity> whoShows(Reader reader) {
    try {
      return identities.of(reader.token(), reader.caller().address());
    } catch (ProblemException refused) {
      return Optional.empty();
    }
  }

  /**
   * Whether the database is away: then whoever could read a moment ago reads on. It answered to all
   * else, such as that a token's tenant is gone.
   */
  private static boolean isOfTheDatabase(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException) {
        return true;
      }
    }
    return false;
  }
}
