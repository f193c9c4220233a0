package io.muster.simulator.proxmox.faults;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong. */
public sealed interface Fault {
  /** Befalls the requests that a node gets, directly or through a peer. */
  sealed interface OfRequests extends Fault {}

  /** Holds for as long as it is in. */
  sealed interface Lasting extends Fault {}

  /** Happens when it is put in, and leaves nothing behind that could be taken out. */
  sealed interface Once extends Fault {}

  /** The node takes requests and does not answer until the fault ends. */
  record Hung() implements OfRequests {}

  /** The node answers later than it would. */
  record Slow(Duration by) implements OfRequests {}

  /** The node answers with this instead, as a failing service or a proxy in front of it would. */
  record Status(int status, String reason) implements OfRequests {}

  /** The node closes the connection instead of answering. */
  record Dropped() implements OfRequests {}

  /** The node's peers can't reach it; whoever asks it directly can. */
  record Peer(int status, String reason) implements OfRequests {}

  /** The node's clock is ahead by as much, or late with a negative number. */
  record Skew(long offsetSeconds) implements Lasting {}

  /**
   * A token is past its end.
   *
   * @param token such as {@code muster@pve!agent}; null for the reader's
   */
  record TokenExpired(@Nullable String token) implements Lasting {}

  /** The reader has no other privileges than these. */
  record Privileges(Set<String> keep) implements Lasting {
    public Privileges {
      keep = Set.copyOf(keep);
    }
  }

  /** So often a guest begins to migrate to another node. */
  record Moving(Duration every) implements Lasting {}

  /**
   * The node presents a new certificate of the same authority.
   *
   * @param stated whether the cluster tells the new fingerprint
   */
  record Certificate(boolean stated) implements Once {}

  /**
   * Uptime and counters start anew.
   *
   * @param vmid of the guest, or null for the node's own
   */
  record CounterReset(@Nullable Integer vmid) implements Once {}
}
