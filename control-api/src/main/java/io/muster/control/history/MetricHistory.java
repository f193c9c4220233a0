package io.muster.control.history;

import io.muster.control.history.MetricHistoryView.Series;
import io.muster.control.problem.ProblemException;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads numbers over time. */
@Singleton
final class MetricHistory {
  /** Of one answer, all series together: some megabytes of JSON. */
  static final long MAX_POINTS = 50_000;

  /** Beyond that hours tell as much, and are read a hundred times quicker. */
  private static final Duration LONGEST_BY_SAMPLE = Duration.ofDays(2);

  /** Samples are kept for a day at least. */
  private static final Duration KEPT_AT_LEAST = Duration.ofDays(1);

  private static final Duration HOUR = Duration.ofHours(1);

  /** A server that does not say. */
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  private static final RowReader<Instant> TIME = row -> Objects.requireNonNull(row.time("ts"));
  private static final RowReader<Optional<Long>> INTERVAL =
      row -> Optional.ofNullable(row.whole("interval_ms"));

  private final Rows rows;

  MetricHistory(Rows rows) {
    this.rows = rows;
  }

  /**
   * Blocks.
   *
   * @throws ProblemException 400 when it would be too many points
   */
  MetricHistoryView read(MetricQuery query, Instant now) {
    boolean byHour = query.hasHours() && needsHours(query, now);
    Grid grid = Grid.of(query.period().from(), query.period().to(), step(query, byHour));
    if (grid.points() > MAX_POINTS) {
      throw tooManyPoints();
    }
    List<Series> series = new ArrayList<>();
    query
        .chosen()
        .forEach((table, metrics) -> {
          for (boolean hours : List.of(true, false)) {
            List<Metric> part =
                metrics.stream().filter(metric -> (byHour && metric.hasHours()) == hours).toList();
            if (!part.isEmpty()) {
              series.addAll(series(new SeriesQuery(table, hours, part), query, grid));
            }
          }
        });
    if (series.size() * grid.points() > MAX_POINTS) {
      throw tooManyPoints();
    }
    return new MetricHistoryView(grid.from(), grid.to(), grid.step().toSeconds(), series);
  }

  private List<Series> series(SeriesQuery asked, MetricQuery query, Grid grid) {
    SeriesMaker maker = new SeriesMaker(asked, query, grid);
    Stretch.Reader reader = new Stretch.Reader(asked.table().labels(), asked.expressions().size());
    List<Stretch> read = rows.read(asked.sql(query, grid, MAX_POINTS + 1), reader);
    if (read.size() > MAX_POINTS) {
      throw tooManyPoints();
    }
    read.forEach(maker::add);
    if (maker.things() * grid.points() * asked.metrics().size() > MAX_POINTS) {
      throw tooManyPoints();
    }
    return maker.series();
  }

  /** Also of a short time, when its samples are gone and hours are not. */
  private boolean needsHours(MetricQuery query, Instant now) {
    if (query.period().length().compareTo(LONGEST_BY_SAMPLE) > 0) {
      return true;
    }
    Instant from = query.period().from();
    return from.isBefore(now.minus(KEPT_AT_LEAST))
        && query.chosen().entrySet().stream()
            .filter(entry -> entry.getValue().stream().anyMatch(Metric::hasHours))
            .anyMatch(entry -> samplesAreGone(entry.getKey(), from));
  }

  private boolean samplesAreGone(MetricTable table, Instant from) {
    Instant hours = first(Objects.requireNonNull(table.hourly(), "hourly"));
    Instant samples = first(table.table());
    return hours != null
        && (samples == null || (from.isBefore(samples) && hours.plus(HOUR).isBefore(samples)));
  }

  private @Nullable Instant first(String table) {
    return rows.first(Sql.of("SELECT ts FROM " + table + " LIMIT 1"), TIME).orElse(null);
  }

  private Duration step(MetricQuery query, boolean byHour) {
    Duration asked = query.period().step();
    if (asked == null) {
      // Two polls: samples come a little sooner or later, and that is no gap.
      Duration least = byHour ? HOUR : interval(query).multipliedBy(2);
      return Grid.step(query.period().from(), query.period().to(), least);
    }
    return byHour ? HOUR.multipliedBy(Math.ceilDiv(asked.toSeconds(), HOUR.toSeconds())) : asked;
  }

  /** The longest of the servers'. */
  private Duration interval(MetricQuery query) {
    Sql sql =
        Sql.of(
                "SELECT max(interval_ms) AS interval_ms FROM server_states"
                    + " WHERE ts > dateadd('d', -1, now()) AND server_id IN ")
            .then(Sql.list(query.serverIds()));
    return rows.first(sql, INTERVAL)
        .flatMap(interval -> interval)
        .map(Duration::ofMillis)
        .orElse(USUAL_INTERVAL);
  }

  private static ProblemException tooManyPoints() {
    return ProblemException.invalid(
        "step", "makes more than " + MAX_POINTS + " points: take a longer one, or ask for less");
  }
}
