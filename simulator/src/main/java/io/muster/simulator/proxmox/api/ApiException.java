package io.muster.simulator.proxmox.api;

import java.util.Map;

/** An answer that is not 200. The reason phrase is the first line of the message. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> errors;

  private ApiException(int status, String message, Map<String, String> errors) {
    super(message, null, false, false);
    this.status = status;
    this.errors = Map.copyOf(errors);
  }

  /** A handler died: 500, or whatever status it chose. The text is without its last newline. */
  public static ApiException of(int status, String message) {
    return new ApiException(status, message, Map.of());
  }

  /** {@code 400 Parameter verification failed.} with a text for each parameter. */
  public static ApiException badParameters(Map<String, String> errors) {
    return new ApiException(400, "Parameter verification failed.", errors);
  }

  /** A peer node that can't be reached: 595 or 596, with an empty body. */
  public static ApiException peer(int status, String reason) {
    return new ApiException(status, reason, Map.of());
  }

  public int status() {
    return status;
  }

  /** Parameter name to text; empty for everything but a failed verification. */
  public Map<String, String> errors() {
    return errors;
  }
}
