package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.muster.agent.provider.Event;
import io.muster.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every table, every column: the file, the mapping and QuestDB agree. */
class TablesTest {
  private static final TestQuestDb DB = TestQuestDb.shared();

  @Test
  void schema_holdsTheTablesThatTheAgentWrites_andTheThresholds() {
    assertThat(Schema.load().tables())
        .extracting(Schema.TableSql::name)
        .containsExactlyInAnyOrder(
            "connection_metrics",
            "server_states",
            "cluster_metrics",
            "node_metrics",
            "node_states",
            "vm_metrics",
            "vm_states",
            "storage_metrics",
            "quota_metrics",
            "events",
            "agent_metrics",
            "alert_thresholds");
    assertThat(Tables.ALL).hasSize(11);
  }

  @Test
  void everyTable_hasInTheMappingTheColumnsOfTheSchema_withTheirTypes() {
    for (Table<?> table : Tables.ALL) {
      Map<String, String> mapped = new TreeMap<>(Map.of("ts", "TIMESTAMP"));
      table.columns().forEach(column -> mapped.put(column.name(), column.type().name()));
      assertThat(mapped)
          .as(table.name())
          .isEqualTo(new TreeMap<>(schemaOf(table.name()).columns()));
    }
  }

  @Test
  void everyTable_isInQuestDbAsInTheSchema() {
    for (Schema.TableSql table : Schema.load().tables()) {
      Map<String, String> there = new TreeMap<>();
      List<String> keys = new ArrayList<>();
      for (Map<String, JsonNode> column : DB.rows("table_columns('" + table.name() + "')")) {
        there.put(text(column, "column"), text(column, "type"));
        if (text(column, "upsertKey").equals("true")) {
          keys.add(text(column, "column"));
        }
      }
      assertThat(there).as(table.name()).isEqualTo(new TreeMap<>(table.columns()));
      assertThat(keys).containsExactlyInAnyOrder(table.keys().split(", "));
      Map<String, JsonNode> state =
          DB.row("SELECT * FROM tables() WHERE table_name = '" + table.name() + "'");
      assertThat(text(state, "partitionBy")).isEqualTo("DAY");
      assertThat(text(state, "walEnabled")).isEqualTo("true");
      assertThat(text(state, "ttlValue") + " " + text(state, "ttlUnit"))
          .isEqualTo(table.expires() ? "1 WEEK" : "0 HOUR");
    }
  }

  @Test
  void everyColumn_hasAComment() throws Exception {
    String sql;
    try (var in = Schema.class.getResourceAsStream("schema.sql")) {
      sql =
          new String(
              java.util.Objects.requireNonNull(in).readAllBytes(),
              java.nio.charset.StandardCharsets.UTF_8);
    }
    String tables = sql.substring(0, sql.indexOf("CREATE OR REPLACE VIEW"));
    assertThat(tables.lines().filter(line -> line.startsWith("  ")))
        .isNotEmpty()
        .allMatch(line -> line.matches("  \\w+ [A-Z]+( INDEX CAPACITY \\d+)?,? -- .{3,}"));
  }

  @Test
  void everyTable_givesBackAFullRow() {
    Origin origin = Rows.origin();
    Instant ts = Rows.now();
    List<Row<?>> rows = Rows.full(origin, ts);
    assertThat(rows).extracting(row -> (Object) row.table()).containsExactlyElementsOf(Tables.ALL);
    DB.write(rows);
    for (Row<?> row : rows) {
      Map<String, Object> expected = ExpectedCells.of(row);
      assertThat(expected).as("%s is full", row.table()).hasSize(row.table().columns().size() + 1);
      assertThat(read(row, origin)).as(row.table().name()).isEqualTo(expected);
    }
  }

  @Test
  void everyTable_givesBackNullsAsNulls() {
    Origin origin = Rows.origin();
    List<Row<?>> rows = Rows.sparse(origin, Rows.now());
    DB.write(rows);
    for (Row<?> row : rows) {
      assertThat(read(row, origin)).as(row.table().name()).isEqualTo(ExpectedCells.of(row));
    }
  }

  @Test
  void twoRowsWithOneKey_areOneRow_theLater() {
    Origin origin = Rows.origin();
    Instant ts = Rows.now();
    DB.write(Rows.full(origin, ts));
    DB.write(Rows.full(origin, ts));
    for (Row<?> row : Rows.full(origin, ts)) {
      assertThat(DB.number("SELECT count() FROM " + where(row, origin)))
          .as(row.table().name())
          .isEqualTo(1);
    }
  }

  /** A limit of the client 1.0.1, which encodes char by char; this test tells when it is gone. */
  @Test
  void charactersBeyondTheBasicPlane_becomeQuestionMarks() {
    Origin origin = Rows.origin();
    Instant ts = Rows.now();
    DB.write(
        List.of(
            new Row<>(
                Tables.EVENTS,
                origin,
                ts,
                new Event(
                    ts,
                    "e",
                    null,
                    null,
                    null,
                    Event.Source.MUSTER,
                    "t",
                    null,
                    Event.Severity.INFO,
                    Event.State.OK,
                    null,
                    "up \uD83D\uDE80",
                    null))));
    assertThat(
            text(
                DB.row("SELECT message FROM events WHERE server_id = '" + origin.serverId() + "'"),
                "message"))
        .isEqualTo("up ??");
  }

  @Test
  void listsWithoutElements_areEmptyText_andUnknownOnesNull() {
    Origin origin = Rows.origin();
    DB.write(Rows.sparse(origin, Rows.now()));
    Map<String, JsonNode> row =
        DB.row(
            "SELECT tags, missing_privileges FROM server_states WHERE server_id = '"
                + origin.serverId()
                + "'");
    assertThat(text(row, "tags")).isEmpty();
    assertThat(row.get("missing_privileges")).isEqualTo(NullNode.getInstance());
  }

  @Test
  void rows_canBeReadOverThePostgresWire_asTheReadOnlyUser() throws Exception {
    Origin origin = Rows.origin();
    Instant ts = Rows.now();
    DB.write(Rows.full(origin, ts));
    try (Connection connection =
            DriverManager.getConnection(
                DB.process().jdbcUrl(),
                DB.process().readOnlyUser(),
                DB.process().readOnlyPassword().reveal());
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT ts, vm, tags, restarts, last_backup_at FROM vm_states WHERE server_id ="
                    + " ?")) {
      statement.setString(1, origin.serverId().toString());
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
        assertThat(result.getObject(1, OffsetDateTime.class))
            .isEqualTo(ts.atOffset(ZoneOffset.UTC));
        assertThat(result.getString(2)).isEqualTo("web, \"one\" = ü");
        assertThat(result.getString(3)).isEqualTo(";prod;db;");
        assertThat(result.getInt(4)).isEqualTo(3);
        assertThat(result.getObject(5, OffsetDateTime.class))
            .isEqualTo(OffsetDateTime.parse("2026-01-02T03:04:05Z"));
      }
    }
  }

  private static Map<String, Object> read(Row<?> row, Origin origin) {
    Map<String, Object> cells = new TreeMap<>();
    DB.row("SELECT * FROM " + where(row, origin))
        .forEach((column, cell) -> {
          Object value = ExpectedCells.value(cell);
          if (value != null) {
            cells.put(column, value);
          }
        });
    return cells;
  }

  private static String where(Row<?> row, Origin origin) {
    String column = row.origin() == null ? "agent" : "server_id";
    return row.table().name() + " WHERE " + column + " = '" + origin.serverId() + "'";
  }

  private static Schema.TableSql schemaOf(String name) {
    return Schema.load().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String text(Map<String, JsonNode> row, String column) {
    @Nullable JsonNode cell = row.get(column);
    return cell == null ? "" : cell.asText();
  }
}
