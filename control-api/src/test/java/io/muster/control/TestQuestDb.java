package io.muster.control;

import io.muster.cli.local.QuestDbProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real QuestDB with Muster's tables, for all tests of the module. Tests don't meet: each seeds
 * rows of servers of its own.
 */
public final class TestQuestDb {
  /** Where the schema stands; it is applied as it is. */
  private static final Path SCHEMA =
      Path.of("..", "agent", "src", "main", "resources", "io", "muster", "agent", "metrics")
          .resolve("schema.sql");

  /** Far more than anything takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static @Nullable TestQuestDb shared;

  private final QuestDbProcess process;
  private final Connection connection;

  private TestQuestDb(QuestDbProcess process) throws SQLException {
    this.process = process;
    connection =
        DriverManager.getConnection(process.jdbcUrl(), process.user(), process.password().reveal());
  }

  /** Started when first asked for; ends with the tests' process. */
  public static synchronized TestQuestDb shared() {
    TestQuestDb db = shared;
    if (db == null) {
      db = start();
      shared = db;
    }
    return db;
  }

  private static TestQuestDb start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "questdb-").toAbsolutePath();
      TestQuestDb db = new TestQuestDb(QuestDbProcess.start(folder));
      for (String statement : Files.readString(SCHEMA).replaceAll("--.*", "").split(";\\s*\n", -1)) {
        if (!statement.isBlank()) {
          db.run(statement.strip());
        }
      }
      return db;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot prepare a QuestDB for the tests", e);
    }
  }

  /** What makes a control API read it. */
  public Map<String, String> variables() {
    return variables(process.pgAddress());
  }

  /** The same by way of another address. */
  public Map<String, String> variables(String address) {
    return Map.of(
        "QUESTDB_PG", address,
        "QUESTDB_READONLY_USER", process.readOnlyUser(),
        "QUESTDB_READONLY_PASSWORD", process.readOnlyPassword().reveal());
  }

  public QuestDbProcess process() {
    return process;
  }

  /** A row to seed. */
  public record Cells(Map<String, Object> byColumn) {
    public Cells {
      byColumn = Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
    }
  }

  /** A row's cells as {@code name, value, name, value …}; a null is left out. */
  public static Cells cells(@Nullable Object... namesAndValues) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        cells.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return new Cells(cells);
  }

  /** Seeds rows, and waits until they can be read. Lists become {@code ;a;b;}. */
  public synchronized void insert(String table, Cells... rows) {
    try {
      for (Cells row : rows) {
        insertRow(table, row.byColumn());
      }
      settle(table);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot seed " + table, e);
    }
  }

  private void insertRow(String table, Map<String, Object> row) throws SQLException {
    String sql =
        "INSERT INTO %s (%s) VALUES (?%s)"
            .formatted(table, String.join(", ", row.keySet()), ", ?".repeat(row.size() - 1));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int column = 1;
      for (Object value : row.values()) {
        statement.setObject(column++, bound(value));
      }
      statement.executeUpdate();
    }
  }

  private static Object bound(Object value) {
    return switch (value) {
      case Instant time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC);
      case UUID id -> id.toString();
      case Collection<?> list ->
          list.isEmpty()
              ? ""
              : list.stream().map(entry -> entry + ";").collect(Collectors.joining("", ";", ""));
      default -> value;
    };
  }

  /** Runs any statement, such as an {@code INSERT … SELECT} of many rows. */
  public synchronized void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until all that QuestDB took can be read in this table. */
  public synchronized void settle(String table) throws SQLException {
    String sql =
        "SELECT count() FROM wal_tables() WHERE name = '%s' AND writerTxn < sequencerTxn"
            .formatted(table);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Statement statement = connection.createStatement()) {
      while (number(statement, sql) > 0) {
        if (System.nanoTime() > end) {
          throw new AssertionError("rows of " + table + " can't be read after " + PATIENCE);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
