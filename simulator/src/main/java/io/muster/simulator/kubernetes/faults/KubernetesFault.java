package io.muster.simulator.kubernetes.faults;

import io.muster.simulator.kubernetes.access.Accounts.Role;
import io.muster.simulator.kubernetes.access.Rule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong. */
public sealed interface KubernetesFault {
  /** Befalls the requests that the API server gets. */
  sealed interface OfRequests extends KubernetesFault {}

  /** Holds for as long as it is in. */
  sealed interface Lasting extends KubernetesFault {}

  /** The API server takes requests and does not answer until the fault ends. */
  record Hung() implements OfRequests {}

  /** The API server answers later than it would. */
  record Slow(Duration by) implements OfRequests {}

  /**
   * The API server answers with this instead.
   *
   * @param retryAfterSeconds said in a header, or null
   */
  record Status(int status, @Nullable Long retryAfterSeconds) implements OfRequests {}

  /** The connection closes instead of an answer. */
  record Dropped() implements OfRequests {}

  /** The connection closes within the answer. */
  record Truncated(int afterBytes) implements OfRequests {}

  /**
   * Watches end: those that are open, and those that begin while the fault is in.
   *
   * @param silently the connection stays, and nothing comes any more
   * @param lasts whether those that begin later are cut too
   */
  record WatchCut(boolean silently, boolean lasts) implements KubernetesFault {}

  /** Nobody but the administrator has this right. */
  record Forbidden(Rule right) implements Lasting {}

  /** How metrics-server fails. */
  record Metrics(Failure how) implements Lasting {
    /** What is left of it. */
    public enum Failure {
      /** It is not installed. */
      ABSENT,
      /** It has measured nothing. */
      EMPTY,
      /** It does not answer. */
      DOWN
    }
  }

  /** A token is past its end. */
  record TokenExpired(Role role) implements Lasting {}

  /** The cluster's clock is ahead by as much, or late with a negative number. */
  record Skew(long offsetSeconds) implements Lasting {}

  /** Nothing listens at the API server's port. */
  record Refused() implements Lasting {}

  /** The API server shows a certificate of another authority. */
  record Certificate() implements Lasting {}
}
