package io.muster.e2e.grafana;

import io.muster.cli.local.QuestDbProcess;
import io.muster.e2e.Wait;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into Muster's tables. Rows wait until {@link #settle}; a column that a table does not
 * have is refused there.
 */
final class Seed implements AutoCloseable {
  /** Rows of one INSERT: long enough to be quick, short enough for QuestDB's small pools. */
  private static final int ROWS_A_STATEMENT = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Map<String, String> HOURLY =
      Map.of(
          "connection_hourly", "connection_metrics",
          "node_hourly", "node_metrics",
          "storage_hourly", "storage_metrics",
          "vm_hourly", "vm_metrics");

  private final Connection connection;

  private final Duration patience;

  private final List<Row> waiting = new ArrayList<>();

  private Seed(Connection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** An entry of the inventory, as every table of servers names it. */
  record Server(String site, String provider, String id, String name) {
    /** With an id that is made of site and name. */
    static Server of(String site, String provider, String name) {
      var id = UUID.nameUUIDFromBytes((site + "/" + name).getBytes(StandardCharsets.UTF_8));
      return new Server(site, provider, id.toString(), name);
    }

    /** The same server under another name. */
    Server renamed(String newName) {
      return new Server(site, provider, id, newName);
    }
  }

  static Seed into(QuestDbProcess questDb) throws SQLException {
    return into(questDb, PATIENCE);
  }

  /** For more rows than can be read soon after they were written. */
  static Seed into(QuestDbProcess questDb, Duration patience) throws SQLException {
    return new Seed(
        DriverManager.getConnection(questDb.jdbcUrl(), questDb.user(), questDb.password().reveal()),
        patience);
  }

  /** A row to come, cell by cell. */
  static final class Row {
    private final String table;
    private final Map<String, String> literals = new LinkedHashMap<>();

    private Row(String table, Instant ts) {
      this.table = table;
      set("ts", ts);
    }

    /**
     * @param value null, text, number, boolean or {@link Instant}
     */
    Row set(String column, @Nullable Object value) {
      literals.put(column, literal(value));
      return this;
    }

    private String insert() {
      return "INSERT INTO %s (%s) VALUES ".formatted(table, String.join(",", literals.keySet()));
    }

    private String values() {
      return "(" + String.join(",", literals.values()) + ")";
    }
  }

  /** A row about a server. */
  Row row(String table, Server server, Instant ts) {
    return row(table, ts)
        .set("site", server.site())
        .set("provider", server.provider())
        .set("server_id", server.id())
        .set("server", server.name());
  }

  /** A row of a table that is not about a server: {@code agent_metrics, alert_thresholds}. */
  Row row(String table, Instant ts) {
    var row = new Row(table, ts);
    waiting.add(row);
    return row;
  }

  /** Calls {@code at} for each step after {@code from} up to and with {@code to}. */
  static void every(Duration step, Instant from, Instant to, Consumer<Instant> at) {
    for (var ts = to; ts.isAfter(from); ts = ts.minus(step)) {
      at.accept(ts);
    }
  }

  /** Writes what waits, and blocks until it can be read. */
  Seed settle() throws SQLException {
    var byColumns = waiting.stream().collect(Collectors.groupingBy(Row::insert));
    for (var insert : byColumns.entrySet()) {
      var rows = insert.getValue().stream().map(Row::values).toList();
      for (var begin = 0; begin < rows.size(); begin += ROWS_A_STATEMENT) {
        var some = rows.subList(begin, Math.min(rows.size(), begin + ROWS_A_STATEMENT));
        run(insert.getKey() + String.join(",", some));
      }
    }
    waiting.stream().map(row -> row.table).distinct().forEach(this::awaitApplied);
    waiting.clear();
    return this;
  }

  /** Brings the hourly views up to what was written; by themselves they do so once a minute. */
  Seed refreshHourly() throws SQLException {
    for (var view : new TreeMap<>(HOURLY).entrySet()) {
      var until =
          number("SELECT sequencerTxn FROM wal_tables() WHERE name = '%s'", view.getValue());
      run("REFRESH MATERIALIZED VIEW " + view.getKey() + " INCREMENTAL");
      Wait.until(
          patience,
          () -> view.getKey() + " is refreshed",
          () ->
              number(
                      "SELECT refresh_base_table_txn FROM materialized_views() WHERE view_name = '%s'"
                          + " AND view_status = 'valid'",
                      view.getKey())
                  >= until);
      awaitApplied(view.getKey());
    }
    return this;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> "'" + value.toString().replace("'", "''") + "'";
    };
  }

  /** Seconds since 1970 of the newest row; negative when there is none. */
  long newest(String table) throws SQLException {
    return number("SELECT coalesce(cast(max(ts) AS LONG) / 1000000, -1) FROM %s", table);
  }

  void awaitApplied(String table) {
    Wait.until(
        patience,
        () -> "the rows of " + table + " can be read",
        () ->
            number("SELECT sequencerTxn - writerTxn FROM wal_tables() WHERE name = '%s'", table)
                == 0);
  }

  void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql.formatted(name))) {
      return result.next() ? result.getLong(1) : -1;
    }
  }
}
