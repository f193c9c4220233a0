package io.muster.agent.poll;

import io.muster.agent.provider.Look;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import java.time.Duration;

/** How one attempt ended. */
sealed interface Outcome {
  /** From the first request to the last answer, or to the giving up. */
  Duration elapsed();

  /** The server was read, perhaps with gaps. */
  record Answered(Snapshot snapshot, Duration elapsed) implements Outcome {}

  /** The server was looked at and not read: another entry is the same one. */
  record Looked(Look look, Duration elapsed) implements Outcome {}

  /** The driver says why it could not. */
  record Failed(Failure failure, String message, int apiCalls, Duration elapsed)
      implements Outcome {

    /** Whether the server said anything at all before it failed. */
    boolean somethingAnswered() {
      return switch (failure) {
        case UNREACHABLE, TLS, DEADLINE_EXCEEDED, BUG -> false;
        case UNAUTHORIZED, FORBIDDEN, OVERLOADED, UNEXPECTED_ANSWER -> true;
      };
    }
  }

  /** The driver broke. */
  record Bug(String message, Throwable cause, Duration elapsed) implements Outcome {}
}
