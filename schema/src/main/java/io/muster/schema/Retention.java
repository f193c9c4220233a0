package io.muster.schema;

import io.muster.settings.SettingsReader;

/**
 * How long QuestDB keeps rows, in whole days.
 *
 * @param rawDays samples and states
 * @param hourlyDays hourly sums
 */
public record Retention(int rawDays, int hourlyDays) {
  public static final Retention DEFAULT = new Retention(7, 730);

  /** A hundred years: more is a slip of the keyboard. */
  private static final int MAX_DAYS = 36_500;

  private static final int MINUTES_PER_DAY = 24 * 60;

  public Retention {
    if (rawDays < 1 || hourlyDays < 1) {
      throw new IllegalArgumentException(
          "retention must be at least 1 day, but is "
              + rawDays
              + " (raw) and "
              + hourlyDays
              + " (hourly)");
    }
  }

  /** Of the settings that agent and control API share; what is wrong is the reader's to tell. */
  public static Retention read(SettingsReader reader) {
    Integer days = reader.integer("MUSTER_RETENTION_DAYS", 1, MAX_DAYS);
    Integer minutes = reader.integer("METRICS_HISTORY_MINUTES", 1, MAX_DAYS * MINUTES_PER_DAY);
    if (days == null) {
      days = minutes == null ? DEFAULT.rawDays : Math.ceilDiv(minutes, MINUTES_PER_DAY);
    }
    Integer hourly = reader.integer("MUSTER_RETENTION_HOURLY_DAYS", 1, MAX_DAYS);
    return new Retention(days, hourly == null ? DEFAULT.hourlyDays : hourly);
  }

  /**
   * An hourly view computes an hour again when a late row comes; older than this it must not,
   * because part of the hour's rows may have expired already.
   */
  public int refreshLimitHours() {
    return Math.max(22, (rawDays - 1) * 24);
  }
}
