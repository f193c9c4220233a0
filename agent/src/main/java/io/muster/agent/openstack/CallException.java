package io.muster.agent.openstack;

import io.muster.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** A call to one of the cloud's services failed. */
final class CallException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int FIRST_SERVER_ERROR = 500;

  /** Instead of a status: the catalog does not have the service. */
  private static final int NO_SERVICE = -1;

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

  static CallException noService(Service service, String region) {
    return new CallException(
        Failure.UNEXPECTED_ANSWER,
        NO_SERVICE,
        "the catalog has no %s in region %s".formatted(service.label(), region),
        null);
  }

  Failure failure() {
    return failure;
  }

  int status() {
    return status;
  }

  boolean isForbidden() {
    return failure == Failure.FORBIDDEN;
  }

  /** The cloud does not have this, which is nobody's fault. */
  boolean isAbsent() {
    return status == NO_SERVICE || status == NOT_FOUND;
  }

  /** The service is well and knows no such thing; Nova says 400 of a project that is gone. */
  boolean isOfWhatWasAsked() {
    return status == BAD_REQUEST || status == NOT_FOUND;
  }

  /** The service is there and could not do it. */
  boolean isServerError() {
    return status >= FIRST_SERVER_ERROR;
  }

  /** What was asked, and what came of it. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
