package io.muster.protocol.configuration;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in the configuration. Never holds a secret's value, so it may be logged
 * and shown.
 *
 * @param file path of the file, or {@link #ENVIRONMENT}
 * @param entry index and name, such as {@code servers[2] "pve-1"}; null = not about one server
 * @param key null = about the whole file or entry
 * @param found what stands there
 * @param expected what should, and what to do where that is not plain
 */
public record ConfigurationProblem(
    String file, @Nullable String entry, @Nullable String key, String found, String expected) {
  /** The {@link #file} of what was read from environment variables. */
  public static final String ENVIRONMENT = "environment";

  /** All of it in one line. */
  public String message() {
    StringBuilder line = new StringBuilder(file);
    if (entry != null) {
      line.append(": ").append(entry);
    }
    if (key != null) {
      line.append(": ").append(key);
    }
    return line.append(": found ").append(found).append(", expected ").append(expected).toString();
  }

  @Override
  public String toString() {
    return message();
  }
}
