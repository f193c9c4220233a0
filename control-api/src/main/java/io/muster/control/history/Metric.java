package io.muster.control.history;

import org.jspecify.annotations.Nullable;

/**
 * A number of a table, and how it is told of a stretch of time.
 *
 * @param name the column's
 * @param now the number in a row
 * @param mean over rows
 * @param max the largest single one of rows; null = it has none
 * @param hourlyMean over hours; null = hours have nothing of it
 * @param hourlyMax the largest single one of hours; null = they have none
 */
record Metric(
    String name,
    String now,
    String mean,
    @Nullable String max,
    @Nullable String hourlyMean,
    @Nullable String hourlyMax) {
  /** What hours have nothing of. */
  static Metric column(String column) {
    return new Metric(column, column, avg(column), "max(" + column + ")", null, null);
  }

  /**
   * What hours have the sum, the number of those summed up and the maximum of.
   *
   * @param count the column with that number: seconds, responses, samples
   */
  static Metric summed(String column, String count) {
    return column(column).hourly(column, count, "max(" + column + "_max)");
  }

  /** The same without a maximum. */
  static Metric summedOnly(String column, String count) {
    return column(column).hourly(column, count, null);
  }

  /** Whether every row has it: 1 and 0 by {@code condition}. */
  static Metric share(String column, String now, String hourlyCount, String hourlyAll) {
    return new Metric(
        column,
        now,
        avg("CASE WHEN " + column + " THEN 1.0 ELSE 0.0 END"),
        null,
        "1.0 * sum(" + hourlyCount + ") / sum(" + hourlyAll + ")",
        null);
  }

  private Metric hourly(String column, String count, @Nullable String maximum) {
    // Bytes per second times seconds are bytes, and are called so.
    String sum = column.replace("_per_second", "") + "_sum";
    return new Metric(name, now, mean, max, "sum(" + sum + ") / sum(" + count + ")", maximum);
  }

  private static String avg(String expression) {
    return "avg(" + expression + ")";
  }

  boolean hasHours() {
    return hourlyMean != null;
  }
}
