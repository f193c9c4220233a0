package io.muster.control.history;

import io.muster.control.history.ConnectionHistoryView.Attempt;
import io.muster.control.history.ConnectionHistoryView.Hour;
import io.muster.control.rows.Row;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Reads how reaching a server went. */
@Singleton
final class ConnectionHistory {
  /** A day of the shortest usual interval, and the hour that it began in. */
  static final int MAX_ATTEMPTS = 10_000;

  /** The hourly view is a minute or two behind, so what is newer than this comes from attempts. */
  private static final Duration COUNTED_HERE = Duration.ofHours(1);

  private static final Duration HOUR = Duration.ofHours(1);

  private static final String ATTEMPTS =
      """
      SELECT ts, success, response_time_ms, route, error_message FROM connection_metrics
      WHERE server_id = ? AND ts >= ? ORDER BY ts DESC LIMIT ?\
      """;

  private static final String HOURS =
      """
      SELECT ts, sum(attempts) AS attempts, sum(successes) AS successes, sum(responses) AS responses,
        sum(response_time_ms_sum) AS response_time_ms
      FROM connection_hourly WHERE server_id = ? AND ts >= ? AND ts < ? GROUP BY ts\
      """;

  private static final String NEWEST_HOURS =
      """
      SELECT ts, count() AS attempts, sum(CASE WHEN success THEN 1 ELSE 0 END) AS successes,
        count(response_time_ms) AS responses, sum(response_time_ms) AS response_time_ms
      FROM connection_metrics WHERE server_id = ? AND ts >= ? SAMPLE BY 1h\
      """;

  private static final RowReader<Attempt> ATTEMPT =
      row ->
          new Attempt(
              time(row),
              row.flag("success"),
              row.number("response_time_ms"),
              row.text("route"),
              row.text("error_message"));

  private static final RowReader<Counted> COUNTED = row -> new Counted(time(row), tally(row));

  private final Rows rows;

  ConnectionHistory(Rows rows) {
    this.rows = rows;
  }

  private record Counted(Instant hour, Tally tally) {}

  /**
   * From the begin of the hour that was {@code hours} ago.
   *
   * @param attempts the newest so many of them are told one by one
   */
  ConnectionHistoryView of(UUID server, int hours, int attempts, Instant now) {
    Instant from = now.minus(Duration.ofHours(hours)).truncatedTo(ChronoUnit.HOURS);
    Instant newest = now.truncatedTo(ChronoUnit.HOURS).minus(COUNTED_HERE);
    Map<Instant, Tally> counted = new HashMap<>();
    count(counted, Sql.of(HOURS, server, from, newest));
    count(counted, Sql.of(NEWEST_HOURS, server, newest));
    List<Hour> all = new ArrayList<>();
    Tally sum = Tally.NONE;
    for (Instant hour = from; !hour.isAfter(now); hour = hour.plus(HOUR)) {
      Tally tally = counted.getOrDefault(hour, Tally.NONE);
      sum = sum.plus(tally);
      all.add(tally.hour(hour));
    }
    List<Attempt> raw =
        attempts == 0 ? List.of() : rows.read(Sql.of(ATTEMPTS, server, from, attempts), ATTEMPT);
    return new ConnectionHistoryView(raw.reversed(), all, sum.summary());
  }

  private void count(Map<Instant, Tally> counted, Sql sql) {
    rows.read(sql, COUNTED).forEach(one -> counted.merge(one.hour(), one.tally(), Tally::plus));
  }

  private static Tally tally(Row row) throws SQLException {
    Double responseTime = row.number("response_time_ms");
    return new Tally(
        row.counted("attempts"),
        row.counted("successes"),
        row.counted("responses"),
        responseTime == null ? 0 : responseTime);
  }

  private static Instant time(Row row) throws SQLException {
    return Objects.requireNonNull(row.time("ts"), "ts");
  }
}
