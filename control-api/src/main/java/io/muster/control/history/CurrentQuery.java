package io.muster.control.history;

import io.muster.control.problem.Fields;
import io.muster.control.rows.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which newest numbers are asked for.
 *
 * @param table of what
 * @param names empty = of all
 */
record CurrentQuery(MetricTable table, Names names, List<Metric> metrics) {
  CurrentQuery {
    metrics = List.copyOf(metrics);
  }

  /**
   * What is wrong goes to {@code fields}.
   *
   * @param kind null = what is named, else servers
   * @param metrics empty = all that there are
   */
  static CurrentQuery read(
      @Nullable String kind, Names names, List<String> metrics, Fields fields) {
    MetricTable table = kind == null ? named(names) : kind(kind, fields);
    List<Metric> chosen = new ArrayList<>();
    for (String metric : metrics) {
      table.metric(metric).ifPresentOrElse(chosen::add, () -> fields.wrong("metric", oneOf(table)));
    }
    return new CurrentQuery(table, names, metrics.isEmpty() ? table.metrics() : chosen);
  }

  private static String oneOf(MetricTable table) {
    return "must be one of "
        + String.join(", ", table.metrics().stream().map(Metric::name).toList());
  }

  private static MetricTable named(Names names) {
    return Arrays.stream(MetricTable.values())
        .filter(names::name)
        .reduce((first, last) -> last)
        .orElse(MetricTable.SERVER);
  }

  private static MetricTable kind(String kind, Fields fields) {
    Optional<MetricTable> table =
        Arrays.stream(MetricTable.values())
            .filter(one -> one.toString().equals(kind.toLowerCase(Locale.ROOT)))
            .findFirst();
    if (table.isEmpty()) {
      List<String> known = Arrays.stream(MetricTable.values()).map(MetricTable::toString).toList();
      fields.wrong("kind", "must be one of " + String.join(", ", known));
    }
    return table.orElse(MetricTable.SERVER);
  }

  /** All that {@code seen} lets through. */
  Sql from(Sql seen) {
    Sql sql = Sql.of(" FROM " + table.newest() + " s WHERE ").then(seen);
    for (Label label : table.labels()) {
      if (!names.of(label).isEmpty()) {
        sql = sql.then(" AND s." + label.column() + " IN ").then(Sql.list(names.of(label)));
      }
    }
    return sql;
  }

  /** What {@link Stretch.Reader} reads. */
  String columns() {
    StringBuilder columns = new StringBuilder();
    columns.append("SELECT s.").append(table.newestTime()).append(" AS ts, s.server_id, s.server");
    table.labels().forEach(label -> columns.append(", s.").append(label.column()));
    for (int i = 0; i < metrics.size(); i++) {
      columns.append(", ").append(metrics.get(i).now()).append(" AS ");
      columns.append(Stretch.Reader.column(i));
    }
    return columns.toString();
  }

  /** One that does not change from one poll to the next. */
  String order() {
    StringBuilder order = new StringBuilder(" ORDER BY s.server_id");
    table.labels().forEach(label -> order.append(", s.").append(label.column()));
    return order.toString();
  }
}
