package io.muster.simulator.proxmox.faults;

import io.muster.simulator.proxmox.api.ApiException;
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
public final class ActiveFault {
  private final long id;
  private final FaultOrder order;
  private final @Nullable Instant until;
  private final AtomicLong timesLeft;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  ActiveFault(long id, FaultOrder order, Instant now) {
    this.id = id;
    this.order = order;
    Duration length = order.length();
    this.until = length == null ? null : now.plus(length);
    Long times = order.times();
    this.timesLeft = new AtomicLong(times == null ? Long.MAX_VALUE : times);
  }

  /** What it makes of a request. */
  public sealed interface Verdict {
    /** The request is dealt with as if nothing were wrong. */
    record GoesOn() implements Verdict {}

    record Answered(int status, String reason) implements Verdict {}

    /** The connection is closed without an answer. */
    record Dropped() implements Verdict {}
  }

  long id() {
    return id;
  }

  FaultOrder order() {
    return order;
  }

  void end() {
    ended.complete(true);
  }

  /** Whether it befalls one more request of the node. */
  boolean takes(String node, String path) {
    var wanted = order.path();
    return order.nodes().contains(node)
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

  /**
   * What becomes of a request that the node itself got. Blocks while it is held.
   *
   * @param gone completes when the client has gone
   */
  public Verdict meet(CompletableFuture<Boolean> gone) {
    return switch (order.fault()) {
      case Fault.Hung _ -> {
        CompletableFuture.anyOf(ended, gone).join();
        yield new Verdict.GoesOn();
      }
      case Fault.Slow(Duration by) -> {
        isDoneWithin(gone, by);
        yield new Verdict.GoesOn();
      }
      case Fault.Status(int status, String reason) -> new Verdict.Answered(status, reason);
      case Fault.Dropped _ -> new Verdict.Dropped();
      case Fault.Peer _, Fault.Lasting _, Fault.Once _ -> new Verdict.GoesOn();
    };
  }

  /**
   * What becomes of a request that a peer forwards to the node: goes on, or ends as that peer
   * answers it. Blocks while it is held.
   *
   * @param patience how long the peer waits
   */
  void meetThroughPeer(Duration patience) throws ApiException {
    switch (order.fault()) {
      case Fault.Hung _ -> {
        if (!isDoneWithin(ended, patience)) {
          throw timedOut();
        }
      }
      case Fault.Slow(Duration by) -> {
        boolean tooSlow = by.compareTo(patience) >= 0;
        isDoneWithin(new CompletableFuture<>(), tooSlow ? patience : by);
        if (tooSlow) {
          throw timedOut();
        }
      }
      case Fault.Status(int status, String reason) -> throw ApiException.of(status, reason);
      case Fault.Dropped _ -> throw ApiException.peer(596, "Connection reset by peer");
      case Fault.Peer(int status, String reason) -> throw ApiException.peer(status, reason);
      case Fault.Lasting _, Fault.Once _ -> {}
    }
  }

  private static ApiException timedOut() {
    return ApiException.peer(596, "Connection timed out");
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
