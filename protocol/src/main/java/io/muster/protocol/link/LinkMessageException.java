package io.muster.protocol.link;

import org.jspecify.annotations.Nullable;

/** Text that is no message of this version. Holds nothing of what the text held. */
public final class LinkMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String unknownType;

  LinkMessageException(String message, @Nullable String unknownType) {
    super(message);
    this.unknownType = unknownType;
  }

  /** The type of a message that is well-formed and not known here; null = it is malformed. */
  public @Nullable String unknownType() {
    return unknownType;
  }
}
