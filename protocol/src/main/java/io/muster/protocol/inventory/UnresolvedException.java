package io.muster.protocol.inventory;

import org.jspecify.annotations.Nullable;

/** A value can't be had. Holds what it should have been, never what a variable or file holds. */
public final class UnresolvedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final @Nullable String found;
  private final String expected;

  UnresolvedException(@Nullable String found, String expected) {
    super("expected " + expected);
    this.found = found;
    this.expected = expected;
  }

  /** Null = what stands at the key. */
  @Nullable String found() {
    return found;
  }

  public String expected() {
    return expected;
  }
}
