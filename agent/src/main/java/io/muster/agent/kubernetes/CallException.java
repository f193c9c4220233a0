package io.muster.agent.kubernetes;

import io.muster.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** A call to the API server failed. */
final class CallException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The version that was asked from is no longer known: list again. */
  static final int GONE = 410;

  /** There is no such thing, or no such API. */
  static final int NOT_FOUND = 404;

  private final Failure failure;
  private final int status;

  /**
   * @param status of the answer; 0 = nothing answered, or not to the end
   */
  CallException(Failure failure, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
    this.status = status;
  }

  Failure failure() {
    return failure;
  }

  int status() {
    return status;
  }

  /** What was asked, and what came of it. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
