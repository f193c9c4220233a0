package io.muster.settings;

import org.jspecify.annotations.Nullable;

/** The program can't go on for a reason that its message tells in full: no stack trace is shown. */
public final class PlainFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PlainFailureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
