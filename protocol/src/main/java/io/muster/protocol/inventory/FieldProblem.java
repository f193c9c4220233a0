package io.muster.protocol.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an entry. Never holds a secret's value, so it may be logged and
 * answered.
 *
 * @param key such as {@code urls[0]}; null = about the whole entry or text
 * @param found what stands there
 * @param expected what should, and what to do where that is not plain
 */
public record FieldProblem(@Nullable String key, String found, String expected) {
  /** Without the key, for where that is said already. */
  public String message() {
    return "found " + found + ", expected " + expected;
  }
}
