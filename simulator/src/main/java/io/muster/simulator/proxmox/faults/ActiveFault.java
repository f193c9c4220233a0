package io.muster.simulator.proxmox.faults;

import io.muster.simulator.faults.Active;
import io.muster.simulator.proxmox.api.ApiException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A fault that befalls a request.
 *
 * @param active it, among the others that are in
 */
public record ActiveFault(Active<Fault> active) {

  /** What it makes of a request. */
  public sealed interface Verdict {
    /** The request is dealt with as if nothing were wrong. */
    record GoesOn() implements Verdict {}

    record Answered(int status, String reason) implements Verdict {}

    /** The connection is closed without an answer. */
    record Dropped() implements Verdict {}
  }

  /**
   * What becomes of a request that the node itself got. Blocks while it is held.
   *
   * @param gone completes when the client has gone
   */
  public Verdict meet(CompletableFuture<Boolean> gone) {
    return switch (active.order().fault()) {
      case Fault.Hung _ -> {
        active.hold(gone);
        yield new Verdict.GoesOn();
      }
      case Fault.Slow(Duration by) -> {
        Active.pause(gone, by);
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
    switch (active.order().fault()) {
      case Fault.Hung _ -> {
        if (!active.endsWithin(patience)) {
          throw timedOut();
        }
      }
      case Fault.Slow(Duration by) -> {
        boolean tooSlow = by.compareTo(patience) >= 0;
        Active.pause(new CompletableFuture<>(), tooSlow ? patience : by);
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
}
