package io.muster.control.history;

import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.rows.Row;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the newest numbers. */
@Singleton
final class CurrentMetrics {
  private static final RowReader<Long> COUNT = row -> row.counted("things");

  private final Rows rows;

  CurrentMetrics(Rows rows) {
    this.rows = rows;
  }

  /**
   * By server and name.
   *
   * @param seen the condition that rows of {@code s} meet
   */
  Page<CurrentView> page(CurrentQuery query, Sql seen, PageQuery page, Instant now) {
    Sql from = query.from(seen);
    long total = rows.first(Sql.of("SELECT count() AS things").then(from), COUNT).orElse(0L);
    Sql sql =
        Sql.of(query.columns())
            .then(from)
            .then(query.order() + " LIMIT ?, ?", page.offset(), page.offset() + page.size());
    Stretch.Reader reader = new Stretch.Reader(query.table().labels(), query.metrics().size());
    List<Newest> found = rows.read(sql, new Reader(reader));
    return Page.of(found, page, total).map(row -> view(query, row, now));
  }

  private record Newest(String serverName, Stretch numbers) {}

  private record Reader(Stretch.Reader numbers) implements RowReader<Newest> {
    @Override
    public Newest read(Row row) throws SQLException {
      return new Newest(row.name("server"), numbers.read(row));
    }
  }

  private static CurrentView view(CurrentQuery query, Newest newest, Instant now) {
    Stretch row = newest.numbers();
    Map<String, @Nullable Double> values = new LinkedHashMap<>();
    for (int i = 0; i < query.metrics().size(); i++) {
      values.put(query.metrics().get(i).name(), row.numbers().get(i));
    }
    Instant time = row.time();
    return new CurrentView(
        row.server(),
        newest.serverName(),
        row.labels(),
        time,
        time == null ? null : Math.max(0, Duration.between(time, now).toSeconds()),
        values);
  }
}
