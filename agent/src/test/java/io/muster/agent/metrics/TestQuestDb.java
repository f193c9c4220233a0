package io.muster.agent.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.local.QuestDbProcess;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.QuestDbExec;
import io.muster.schema.Retention;
import io.muster.schema.SchemaException;
import io.muster.schema.SchemaInstaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A real QuestDB of this test run. Tests that only read and write share one process. */
final class TestQuestDb implements AutoCloseable {
  /** Far more than anything takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static @Nullable TestQuestDb shared;

  private final QuestDbProcess process;

  private TestQuestDb(QuestDbProcess process) {
    this.process = process;
  }

  /** With the schema applied; ends with this JVM. */
  static synchronized TestQuestDb shared() {
    TestQuestDb db = shared;
    if (db == null) {
      db = fresh();
      try {
        db.installer().install();
      } catch (SchemaException e) {
        throw new IllegalStateException(e);
      }
      shared = db;
    }
    return db;
  }

  /** Empty, and the caller's to close. */
  static TestQuestDb fresh() {
    try {
      Path folder = Files.createTempDirectory("muster-questdb-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return new TestQuestDb(QuestDbProcess.start(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  QuestDbProcess process() {
    return process;
  }

  QuestDbAddress address() {
    return new QuestDbAddress(process.httpUrl(), process.user(), process.password());
  }

  SchemaInstaller installer() {
    return new SchemaInstaller(address(), Retention.DEFAULT);
  }

  QuestDbSettings settings() {
    return new QuestDbSettings(address(), Retention.DEFAULT);
  }

  List<Map<String, JsonNode>> rows(String sql) {
    try (QuestDbExec exec = new QuestDbExec(address())) {
      return exec.run(sql);
    } catch (IOException | QuestDbExec.RefusedException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  Map<String, JsonNode> row(String sql) {
    List<Map<String, JsonNode>> rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows in place of one: " + sql);
    }
    return rows.getFirst();
  }

  long number(String sql) {
    return row(sql).values().iterator().next().asLong();
  }

  /** Waits until all that QuestDB acknowledged can be read in this table. */
  void settle(String table) {
    await(
        "rows of " + table,
        () ->
            number(
                    "SELECT count() FROM wal_tables() WHERE name = '"
                        + table
                        + "' AND writerTxn < sequencerTxn")
                == 0);
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + ": not within " + PATIENCE);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  /** Sends rows as the writer does, and waits until they can be read. */
  void write(List<? extends Row<?>> rows) {
    try (QuestDbSink sink = new QuestDbSink(settings(), installer(), Clock.systemUTC())) {
      List<QuarantinedRow> refused = sink.send(List.copyOf(rows)).refused();
      if (!refused.isEmpty()) {
        throw new AssertionError(refused.toString());
      }
    } catch (RowSink.UnavailableException e) {
      throw new AssertionError(e);
    }
    rows.stream().map(row -> row.table().name()).distinct().forEach(this::settle);
  }

  @Override
  public void close() {
    process.close();
  }

  private static void delete(Path folder) {
    TestQuestDb db = shared;
    if (db != null) {
      db.close();
    }
    folder.resolveSibling(folder.getFileName() + ".log").toFile().delete();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + folder);
    }
  }
}
