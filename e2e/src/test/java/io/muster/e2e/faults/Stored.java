package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.local.QuestDbProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What QuestDB holds of one cluster's objects.
 *
 * @param rows by object as the export names it, in the order of their times
 * @param removed objects that have a {@code removed} row
 */
record Stored(Map<String, List<Row>> rows, List<String> removed) {
  private static final String NODE_VALUES =
      "cpu_usage_ratio, memory_used_bytes, uptime_seconds,"
          + " network_receive_bytes_per_second, network_transmit_bytes_per_second";

  private static final String VM_VALUES =
      NODE_VALUES + ", disk_read_bytes_per_second, disk_write_bytes_per_second";

  private static final long MICROS = 1_000_000;

  /**
   * A sample's row.
   *
   * @param micros its time
   * @param seconds length of the interval that ends then; null = unknown
   * @param values by column, null where unknown
   */
  record Row(long micros, @Nullable Long seconds, Map<String, @Nullable Double> values) {
    /** The second of its time; null when it stands between seconds, as no sample of ours does. */
    @Nullable Long second() {
      return micros % MICROS == 0 ? Long.valueOf(micros / MICROS) : null;
    }

    /** Whether it tells of what the one before it told already. */
    boolean repeats(Row before) {
      var overlaps = seconds != null && micros - seconds * MICROS < before.micros;
      return micros == before.micros || overlaps || (uptime() > 0 && uptime() == before.uptime());
    }

    /** Grows from sample to sample, whatever the clocks say; 0 = stopped, or unknown. */
    double uptime() {
      return Objects.requireNonNullElse(values.get("uptime_seconds"), 0.0);
    }
  }

  static Stored read(QuestDbProcess questDb, String server, Window window) throws IOException {
    var where = " WHERE server = '%s' AND %s".formatted(server, window.condition());
    var rows = new TreeMap<String, List<Row>>();
    // Rows of pressure and ZFS cache alone come from a slower source and stand beside the samples.
    add(
        rows,
        questDb,
        "SELECT 'node/' || node, cast(ts AS LONG), sample_seconds, "
            + NODE_VALUES
            + " FROM node_metrics"
            + where
            + " AND memory_used_bytes IS NOT NULL ORDER BY ts");
    add(
        rows,
        questDb,
        "SELECT replace(vm_id, ':', '/'), cast(ts AS LONG), sample_seconds, "
            + VM_VALUES
            + " FROM vm_metrics"
            + where
            + " ORDER BY ts");
    var removed = new ArrayList<String>();
    for (var sql :
        List.of(
            "SELECT 'node/' || node FROM node_states" + where + " AND status = 'removed'",
            "SELECT replace(vm_id, ':', '/') FROM vm_states" + where + " AND status = 'removed'",
            "SELECT 'server ' || server FROM server_states" + where + " AND state = 'removed'")) {
      ask(questDb, sql).path("dataset").forEach(row -> removed.add(row.path(0).asText()));
    }
    return new Stored(rows, removed);
  }

  private static void add(Map<String, List<Row>> rows, QuestDbProcess questDb, String sql)
      throws IOException {
    var answer = ask(questDb, sql);
    var columns = answer.path("columns").valueStream().map(c -> c.path("name").asText()).toList();
    for (var cells : answer.path("dataset")) {
      var values = new TreeMap<String, @Nullable Double>();
      for (var i = 3; i < columns.size(); i++) {
        values.put(columns.get(i), number(cells.path(i)));
      }
      var seconds = number(cells.path(2));
      var row =
          new Row(
              cells.path(1).asLong(),
              seconds == null ? null : Long.valueOf(Math.round(seconds)),
              values);
      rows.computeIfAbsent(cells.path(0).asText(), object -> new ArrayList<>()).add(row);
    }
  }

  private static JsonNode ask(QuestDbProcess questDb, String sql) throws IOException {
    return Http.json(questDb.execute(sql));
  }

  private static @Nullable Double number(JsonNode cell) {
    return cell.isNull() ? null : Double.valueOf(cell.asDouble());
  }

  List<Row> of(String object) {
    return Objects.requireNonNullElse(rows.get(object), List.of());
  }
}
