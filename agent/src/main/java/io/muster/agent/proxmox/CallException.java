package io.muster.agent.proxmox;

import io.muster.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** One call failed. The message names the call and its address and holds nothing secret. */
sealed class CallException extends Exception permits NotAskedException {
  private static final long serialVersionUID = 1L;

  /** What the failure says about the rest of the cluster. */
  enum Reach {
    /** The credential: no member will answer otherwise. */
    EVERYWHERE,
    /** This address: another member may answer. */
    ADDRESS,
    /** The node behind the address that was asked. */
    NODE,
    /** This call alone: the address is alive. */
    CALL
  }

  private final Failure failure;
  private final Reach reach;
  private final int status;

  CallException(
      Failure failure, Reach reach, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
    this.reach = reach;
    this.status = status;
  }

  final Failure failure() {
    return failure;
  }

  final Reach reach() {
    return reach;
  }

  /** HTTP status; 0 when there was no answer. */
  final int status() {
    return status;
  }

  /** Whether it took all the time that was given: asking again at once would take it again. */
  final boolean hung() {
    return failure == Failure.DEADLINE_EXCEEDED || (failure == Failure.OVERLOADED && status == 596);
  }

  final String reason() {
    String message = getMessage();
    return message == null ? failure.name() : message;
  }
}
