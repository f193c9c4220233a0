package io.muster.cli.api;

import org.jspecify.annotations.Nullable;

/** The control API was not reached, or refused. The message is written for people. */
public final class ControlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** It was not reached, or what answered was not it. */
  public ControlException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.code = "";
  }

  /** It refused. */
  ControlException(Refusal refusal, String advice) {
    super(refusal.text() + (advice.isEmpty() ? "" : "\n" + advice));
    this.status = refusal.status();
    this.code = refusal.code();
  }

  /** Of HTTP; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The API's own word for what was wrong; empty when it said none. */
  public String code() {
    return code;
  }
}
