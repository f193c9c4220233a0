package io.muster.settings;

import java.util.List;

/**
 * How the agent logs, in the words of its logging configuration.
 *
 * @param level of the agent's own lines; libraries only warn
 * @param format {@code plain} or {@code json}
 */
public record LogSettings(String level, String format) {
  private static final String LEVEL_KEY = "LOG_LEVEL";
  private static final String FORMAT_KEY = "MUSTER_LOG_FORMAT";

  public static LogSettings read(SettingsReader reader) {
    return new LogSettings(
        reader.word(LEVEL_KEY, "info", List.of("error", "warn", "info", "debug", "trace")),
        reader.word(FORMAT_KEY, "plain", List.of("plain", "json")));
  }

  /** With the defaults in place of what is wrong: {@link SettingsReader#problems} tells that. */
  public static LogSettings usable(Variables variables) {
    return read(new SettingsReader(variables));
  }

  /** Hands them to the logging library; in time only before its first line. */
  public void apply() {
    System.setProperty(LEVEL_KEY, level);
    System.setProperty(FORMAT_KEY, format);
  }
}
