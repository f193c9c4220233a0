package io.muster.schema;

/** The schema could not be applied; the message says what, where and why. */
public final class SchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
