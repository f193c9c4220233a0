package io.muster.control.history;

import io.muster.control.rows.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one table is asked.
 *
 * @param byHour of its rows by the hour
 */
record SeriesQuery(MetricTable table, boolean byHour, List<Metric> metrics) {
  SeriesQuery {
    metrics = List.copyOf(metrics);
  }

  String source() {
    return byHour ? Objects.requireNonNull(table.hourly(), "hourly") : table.table();
  }

  String mean(Metric metric) {
    return byHour ? Objects.requireNonNull(metric.hourlyMean(), "hourly mean") : metric.mean();
  }

  @Nullable String max(Metric metric) {
    return byHour ? metric.hourlyMax() : metric.max();
  }

  /** Means and maxima, in the order in which {@link SeriesMaker} takes them. */
  List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (Metric metric : metrics) {
      expressions.add(mean(metric));
      String max = max(metric);
      if (max != null) {
        expressions.add(max);
      }
    }
    return expressions;
  }

  /** At most {@code limit} rows, in no order. */
  Sql sql(MetricQuery query, Grid grid, long limit) {
    StringBuilder select = new StringBuilder("SELECT ts, server_id");
    table.labels().forEach(label -> select.append(", ").append(label.column()));
    List<String> expressions = expressions();
    for (int i = 0; i < expressions.size(); i++) {
      select.append(", ").append(expressions.get(i)).append(" AS ");
      select.append(Stretch.Reader.column(i));
    }
    return Sql.of(
            select + " FROM " + source() + " WHERE ts >= ? AND ts < ?", grid.from(), grid.to())
        .then(" AND server_id IN ")
        .then(Sql.list(query.serverIds()))
        .then(table == MetricTable.VM ? vms(query.vms()) : named(query.names()))
        .then(" SAMPLE BY " + grid.step().toSeconds() + "s LIMIT ?", limit);
  }

  private Sql named(Names names) {
    Sql named = Sql.of("");
    for (Label label : table.labels()) {
      if (!names.of(label).isEmpty()) {
        named = named.then(" AND " + label.column() + " IN ").then(Sql.list(names.of(label)));
      }
    }
    return named;
  }

  /** All of them, which an index finds, and of each server only its own. */
  private static Sql vms(Map<UUID, List<String>> vms) {
    Set<String> all = new TreeSet<>();
    vms.values().forEach(all::addAll);
    Sql sql = Sql.of(" AND vm_id IN ").then(Sql.list(all));
    if (vms.values().stream().distinct().count() == 1) {
      return sql;
    }
    Sql each = Sql.of("");
    for (UUID server : new TreeSet<>(vms.keySet())) {
      each =
          each.then(each.text().isEmpty() ? "" : " OR ")
              .then("(server_id = ? AND vm_id IN ", server)
              .then(Sql.list(vms.getOrDefault(server, List.of())))
              .then(")");
    }
    return sql.then(" AND (").then(each).then(")");
  }
}
