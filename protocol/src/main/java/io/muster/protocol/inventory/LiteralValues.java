package io.muster.protocol.inventory;

import java.util.regex.Pattern;

/** Values that never reach for anything outside themselves. */
enum LiteralValues implements Values {
  LITERAL,
  FOREIGN;

  private static final Pattern REFERENCE =
      Pattern.compile("(?s)file:.*|.*\\$\\{[A-Za-z_][A-Za-z0-9_]*}.*");

  @Override
  public String resolve(String raw) throws UnresolvedException {
    if (this == FOREIGN && REFERENCE.matcher(raw).matches()) {
      throw new UnresolvedException(
          "a reference (${NAME} or file:)",
          "the value itself: references are resolved only in the agent's own file");
    }
    return raw;
  }

  @Override
  public String file(String path) throws UnresolvedException {
    throw new UnresolvedException(null, "the text itself, not a path");
  }
}
