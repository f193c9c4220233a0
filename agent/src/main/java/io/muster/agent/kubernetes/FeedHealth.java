package io.muster.agent.kubernetes;

import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a feed is: whether what it stored is what there is now, and when it tries again. Thread-safe.
 */
final class FeedHealth {
  /** A cut is weather: the next attempt goes out at once. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /** A server that is back has its watches within this time, sooner when a poll finds it well. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** A watch that ended sooner was cut by something between us and the server. */
  private static final Duration SHORTEST_WATCH = Duration.ofSeconds(1);

  /** The server ends a watch after this, so that clients spread over its replicas. */
  private static final int WATCH_SECONDS = 300;

  private static final Logger LOG = LoggerFactory.getLogger(FeedHealth.class);

  private final String name;
  private boolean open;
  private boolean listed;
  private int read;
  private long failures;
  private int inARow;
  private boolean awaited;
  private @Nullable CallException problem;

  FeedHealth(String name) {
    this.name = name;
  }

  /** Spread, so that watches that began together don't end together. */
  int watchSeconds() {
    return WATCH_SECONDS + ThreadLocalRandom.current().nextInt(WATCH_SECONDS);
  }

  synchronized void listing(int soFar) {
    read = soFar;
  }

  synchronized void opened() {
    if (problem != null) {
      LOG.debug("{} are watched again", name);
    }
    open = true;
    listed = true;
    problem = null;
    inARow = 0;
    notifyAll();
  }

  synchronized void closed() {
    open = false;
  }

  synchronized void ended(Duration after) {
    inARow = after.compareTo(SHORTEST_WATCH) < 0 ? inARow + 1 : 0;
  }

  synchronized void failed(CallException e) {
    LOG.debug("{} can't be watched", name, e);
    open = false;
    problem = e;
    failures++;
    inARow++;
    notifyAll();
  }

  /** Blocks until the next attempt is due, or wanted. */
  synchronized void pause() throws InterruptedException {
    if (inARow == 0) {
      return;
    }
    long longest =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(inARow - 1, 20));
    long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    Deadline end = Deadline.after(Duration.ofMillis(millis));
    while (!awaited && !end.passed()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end.remaining().toNanos()));
    }
    awaited = false;
  }

  /**
   * Blocks until what is stored is what there is now, or an attempt to get there has failed.
   *
   * @return null = it is; else why not
   */
  synchronized @Nullable CallException await(Deadline deadline) throws InterruptedException {
    long before = failures;
    while (!open && failures == before && !deadline.passed()) {
      if (problem != null) {
        awaited = true;
        notifyAll();
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline.remaining().toNanos()));
    }
    if (open) {
      return null;
    }
    CallException last = problem;
    return last != null ? last : unfinished();
  }

  /** Whether all there is was stored at least once. */
  synchronized boolean isListed() {
    return listed;
  }

  private CallException unfinished() {
    return new CallException(
        Failure.DEADLINE_EXCEEDED,
        0,
        listed
            ? "the watch of " + name + " is not open yet"
            : "the first listing of " + name + " is under way: " + read + " so far",
        null);
  }
}
