package io.muster.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.caller.TenantServer;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of numbers against the tables of the schema. */
class MetricTableTest {
  private static final TenantServer SERVER =
      new TenantServer(UUID.randomUUID(), "pve", UUID.randomUUID(), List.of());

  private final Rows rows = ControlRig.on(Database.H2).bean(Rows.class);

  @ParameterizedTest
  @EnumSource
  void metrics_areTheTablesNumbers(MetricTable table) {
    List<String> columns =
        Measured.column(
                "SELECT \"column\" FROM table_columns('%s') WHERE type IN ('INT', 'LONG', 'DOUBLE', 'BOOLEAN')"
                    .formatted(table.table()))
            .stream()
            .map(JsonNode::asText)
            // How long a sample is, not what was measured.
            .filter(column -> !column.equals("sample_seconds"))
            .toList();

    assertThat(table.metrics().stream().map(Metric::name))
        .containsExactlyInAnyOrderElementsOf(columns);
  }

  @ParameterizedTest
  @EnumSource
  void eachMetric_canBeReadOverTimeByHourAndNow(MetricTable table) {
    Instant now = Instant.now();
    Names names = new Names(List.of("pve-1"), List.of("qemu:1", "qemu:2"), List.of("local"));
    Grid grid = Grid.of(now.minusSeconds(3600), now, Duration.ofHours(1));
    MetricQuery query =
        new MetricQuery(
            List.of(SERVER),
            names,
            Map.of(SERVER.id(), names.vms()),
            Map.of(),
            new Period(grid.from(), grid.to(), null));
    SeriesQuery samples = new SeriesQuery(table, false, table.metrics());
    assertThat(read(samples, query, grid)).isEmpty();
    List<Metric> byHour = table.metrics().stream().filter(Metric::hasHours).toList();
    assertThat(byHour.isEmpty()).isEqualTo(table.hourly() == null);
    if (!byHour.isEmpty()) {
      assertThat(read(new SeriesQuery(table, true, byHour), query, grid)).isEmpty();
    }
    CurrentQuery current = new CurrentQuery(table, names, table.metrics());
    Sql newest =
        Sql.of(current.columns()).then(current.from(Sql.of("s.server_id = ?", SERVER.id())));
    assertThat(
            rows.read(
                newest.then(current.order() + " LIMIT ?, ?", 0L, 10L),
                new Stretch.Reader(table.labels(), table.metrics().size())))
        .isEmpty();
  }

  private List<Stretch> read(SeriesQuery asked, MetricQuery query, Grid grid) {
    return rows.read(
        asked.sql(query, grid, 10),
        new Stretch.Reader(asked.table().labels(), asked.expressions().size()));
  }
}
