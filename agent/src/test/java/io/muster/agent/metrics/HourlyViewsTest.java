package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.StorageSample;
import io.muster.protocol.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums and counts by the hour, over a time that is complete and within the refresh limit. */
class HourlyViewsTest {
  private static final TestQuestDb DB = TestQuestDb.shared();

  private final Origin origin = Rows.origin();
  private final Instant hour =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

  @Test
  void vmHourly_weighsBySampleLength_andLeavesUnknownValuesOut() {
    DB.write(
        List.of(
            vm(hour, 10, 0.5, 100L),
            vm(hour.plusSeconds(60), 60, 0.25, null),
            vm(hour.plusSeconds(70), 10, null, 300L),
            vm(hour.plusSeconds(3600), 10, 1.0, 1L)));
    Map<String, JsonNode> row = refreshed("vm_hourly", "vm_metrics");
    assertThat(number(row, "samples")).isEqualTo(3);
    assertThat(number(row, "samples_seconds")).isEqualTo(80);
    assertThat(number(row, "cpu_seconds")).isEqualTo(70);
    assertThat(number(row, "cpu_usage_ratio_sum")).isCloseTo(20.0, within(1e-9));
    assertThat(number(row, "cpu_usage_ratio_max")).isEqualTo(0.5);
    assertThat(number(row, "memory_seconds")).isEqualTo(20);
    assertThat(number(row, "memory_used_bytes_sum")).isEqualTo(4_000);
    assertThat(number(row, "memory_used_bytes_max")).isEqualTo(300);
    assertThat(row.get("disk_seconds")).hasToString("null");
  }

  @Test
  void vmHourly_isComputedAgain_whenARowComesLate_andCountsARepeatedRowOnce() {
    DB.write(List.of(vm(hour, 10, 0.5, null)));
    assertThat(number(refreshed("vm_hourly", "vm_metrics"), "cpu_usage_ratio_sum")).isEqualTo(5.0);
    DB.write(List.of(vm(hour, 10, 0.5, null), vm(hour.plusSeconds(1800), 10, 1.0, null)));
    Map<String, JsonNode> row = refreshed("vm_hourly", "vm_metrics");
    assertThat(number(row, "samples")).isEqualTo(2);
    assertThat(number(row, "cpu_usage_ratio_sum")).isEqualTo(15.0);
    assertThat(number(row, "cpu_usage_ratio_max")).isEqualTo(1.0);
  }

  @Test
  void nodeHourly_doesNotCountPressureRowsAsSamples() {
    DB.write(
        List.of(
            new Row<>(Tables.NODE_METRICS, origin, hour, Rows.node(hour, "pve-1", 0.5, 100L, null)),
            new Row<>(
                Tables.NODE_METRICS,
                origin,
                hour.plusMillis(9_999),
                Rows.node(hour.plusMillis(9_999), "pve-1", null, null, 0.25))));
    Map<String, JsonNode> row = refreshed("node_hourly", "node_metrics");
    assertThat(number(row, "samples")).isEqualTo(1);
    assertThat(number(row, "samples_seconds")).isEqualTo(10);
    assertThat(number(row, "cpu_usage_ratio_sum")).isEqualTo(5.0);
    assertThat(number(row, "pressure_seconds")).isEqualTo(10);
    assertThat(number(row, "pressure_cpu_ratio_sum")).isEqualTo(2.5);
  }

  @Test
  void connectionHourly_countsAttemptsAndSuccesses() {
    DB.write(
        List.of(
            attempt(hour, null),
            attempt(hour.plusSeconds(10), Failure.UNREACHABLE),
            attempt(hour.plusSeconds(20), null)));
    Map<String, JsonNode> row = refreshed("connection_hourly", "connection_metrics");
    assertThat(number(row, "attempts")).isEqualTo(3);
    assertThat(number(row, "successes")).isEqualTo(2);
    assertThat(number(row, "responses")).isZero();
    assertThat(row.get("response_time_ms_sum")).hasToString("null");
  }

  @Test
  void storageHourly_sumsAndKeepsTheLast() {
    DB.write(List.of(storage(hour, 10L), storage(hour.plusSeconds(60), 30L)));
    Map<String, JsonNode> row = refreshed("storage_hourly", "storage_metrics");
    assertThat(number(row, "samples")).isEqualTo(2);
    assertThat(number(row, "samples_available")).isEqualTo(2);
    assertThat(number(row, "used_bytes_sum")).isEqualTo(40);
    assertThat(number(row, "used_bytes_last")).isEqualTo(30);
    assertThat(number(row, "total_bytes_sum")).isEqualTo(200);
  }

  /** The views refresh each minute by themselves; here at once, as far as the base has come. */
  private Map<String, JsonNode> refreshed(String view, String base) {
    long transaction =
        DB.number("SELECT sequencerTxn FROM wal_tables() WHERE name = '" + base + "'");
    DB.rows("REFRESH MATERIALIZED VIEW " + view + " INCREMENTAL");
    TestQuestDb.await(
        view + " is refreshed",
        () ->
            DB.number(
                    "SELECT count() FROM materialized_views() WHERE view_status = 'valid' AND"
                        + " view_name = '%s' AND refresh_base_table_txn >= %d"
                            .formatted(view, transaction))
                == 1);
    DB.settle(view);
    return DB.row(
        "SELECT * FROM "
            + view
            + " WHERE server_id = '"
            + origin.serverId()
            + "' AND ts = '"
            + hour
            + "'");
  }

  private static double number(Map<String, JsonNode> row, String column) {
    return Objects.requireNonNull(row.get(column), column).asDouble(Double.NaN);
  }

  private Row<?> vm(Instant ts, int seconds, @Nullable Double cpu, @Nullable Long memory) {
    return new Row<>(Tables.VM_METRICS, origin, ts, Rows.vm(ts, "qemu:101", seconds, cpu, memory));
  }

  private Row<?> attempt(Instant ts, @Nullable Failure failure) {
    return new Row<>(
        Tables.CONNECTION_METRICS,
        origin,
        ts,
        new Tables.AttemptRow("agent-1", Rows.attempt(ts, failure)));
  }

  private Row<?> storage(Instant ts, long used) {
    return new Row<>(
        Tables.STORAGE_METRICS,
        origin,
        ts,
        new StorageSample(ts, "pve-1", "local", "dir", StorageSample.Status.AVAILABLE, used, 100L));
  }
}
