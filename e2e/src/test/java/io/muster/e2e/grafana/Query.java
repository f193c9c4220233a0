package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One SQL text of a dashboard.
 *
 * @param place dashboard and panel, variable or annotation, for messages
 * @param format {@code time_series} or {@code table}
 * @param owner the panel, variable or annotation
 */
record Query(Of of, String place, String format, String sql, JsonNode owner) {
  /** What shows its answer. */
  enum Of {
    PANEL,
    VARIABLE,
    ANNOTATION
  }

  boolean isTimeSeries() {
    return format.equals("time_series");
  }

  @Override
  public String toString() {
    return place;
  }
}
