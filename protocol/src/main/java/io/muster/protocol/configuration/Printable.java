package io.muster.protocol.configuration;

import java.util.regex.Pattern;

/** Makes a value that stands in the configuration fit to be shown. */
public final class Printable {
  /** Longer values are cut: the start tells enough, and a line of a log stays a line. */
  private static final int MAX_LENGTH = 60;

  private static final Pattern USER_INFO = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]+");

  private Printable() {}

  /** {@code 'text'}, on one line and not too long. */
  public static String text(String value) {
    String line = CONTROL.matcher(value).replaceAll(" ");
    return "'" + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line) + "'";
  }

  /** Like {@link #text} for an address: whatever stands before an {@code @} is hidden. */
  public static String address(String value) {
    return text(USER_INFO.matcher(value).replaceFirst("$1***@"));
  }
}
