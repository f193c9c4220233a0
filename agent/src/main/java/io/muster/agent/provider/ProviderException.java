package io.muster.agent.provider;

import io.muster.protocol.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A provider call failed. The message says what was being done and to whom ("Cannot list guests of
 * pve-1: …") and holds nothing secret.
 */
public class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final int apiCalls;

  /**
   * @param apiCalls provider calls made before and with the failing one
   */
  public ProviderException(
      Failure failure, String message, int apiCalls, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
    this.apiCalls = apiCalls;
  }

  public Failure failure() {
    return failure;
  }

  public int apiCalls() {
    return apiCalls;
  }
}
