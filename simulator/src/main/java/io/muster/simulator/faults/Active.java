package io.muster.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A fault that is in. */
public final class Active<F> {
  private final long id;
  private final Order<F> order;
  private final @Nullable Instant until;
  private final AtomicLong timesLeft;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  Active(long id, Order<F> order, Instant now) {
    this.id = id;
    this.order = order;
    Duration length = order.length();
    this.until = length == null ? null : now.plus(length);
    Long times = order.times();
    this.timesLeft = new AtomicLong(times == null ? Long.MAX_VALUE : times);
  }

  long id() {
    return id;
  }

  public Order<F> order() {
    return order;
  }

  void end() {
    ended.complete(true);
  }

  /** Whether it befalls one more request. */
  boolean takes(String target, String path) {
    var wanted = order.path();
    return order.targets().contains(target)
        && (wanted == null || wanted.matcher(path).find())
        && timesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** As it was asked for, with what is left of it. */
  Map<String, Object> describe(Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.putAll(order.given());
    if (until != null) {
      row.put("secondsLeft", Math.max(0, Duration.between(now, until).toSeconds()));
    }
    if (order.times() != null) {
      row.put("timesLeft", timesLeft.get());
    }
    return row;
  }

  /** Blocks until it ends, or something else happens. */
  public void hold(CompletableFuture<Boolean> other) {
    CompletableFuture.anyOf(ended, other).join();
  }

  /** Blocks until it ends, at most so long; tells whether it did. */
  public boolean endsWithin(Duration time) {
    return isDoneWithin(ended, time);
  }

  /** Blocks so long, or until something happens. */
  public static void pause(CompletableFuture<Boolean> other, Duration time) {
    isDoneWithin(other, time);
  }

  private static boolean isDoneWithin(CompletableFuture<Boolean> event, Duration time) {
    try {
      return event.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Nothing ends an event with a failure", e);
    }
  }
}
