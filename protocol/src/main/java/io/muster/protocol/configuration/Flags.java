package io.muster.protocol.configuration;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Yes and no in environment variables. */
public final class Flags {
  /** What a problem says it expected. */
  public static final String EXPECTED = "true or false";

  private Flags() {}

  /** Null = neither yes nor no. */
  public static @Nullable Boolean parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> null;
    };
  }
}
