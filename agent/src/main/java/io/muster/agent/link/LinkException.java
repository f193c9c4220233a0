package io.muster.agent.link;

import org.jspecify.annotations.Nullable;

/** Why there is no link; the message is for people and holds nothing secret. */
final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  LinkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  LinkException(String message) {
    this(message, null);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
