package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.Secret;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the recorder to a QuestDB that is there, goes away, and comes back. */
class MetricsPipelineTest {
  private static final UUID AGENT = UUID.fromString("b9b0f9a5-1111-4222-8333-444455556666");
  private static final int BUFFER = 5_000;
  private static final long SPOOL = 64 << 20;

  @TempDir Path folder;

  private final Origin origin = Rows.origin();
  private final Instant start = Rows.now().minusSeconds(3_600);
  private int next;

  /** Not the shared one: these tests stop it and start it again. */
  private static @Nullable TestQuestDb own;

  @AfterAll
  static void end() {
    if (own != null) {
      own.close();
    }
  }

  @Test
  void aSnapshot_isInQuestDbWithinSeconds_andInTheNowView() {
    TestQuestDb db = TestQuestDb.shared();
    Instant tick = Rows.now();
    try (MetricsPipeline pipeline = pipeline(db)) {
      Snapshot snapshot =
          Rows.snapshot(
              List.of(),
              List.of(Rows.vm("qemu:101", VmStatus.RUNNING)),
              List.of(Rows.vm(tick, "qemu:101", 10, 0.5, 100L)),
              true);
      assertThat(pipeline.recorder().snapshot(origin, tick, snapshot)).isEqualTo(2);
      pipeline.recorder().attempt(origin, Rows.attempt(tick, null));
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 3);
      assertThat(pipeline.status().connected()).isTrue();
      assertThat(pipeline.status().writeLagMs()).isZero();
      assertThat(pipeline.status().rowsBuffered()).isZero();
    }
    db.settle("vm_states");
    db.settle("vm_metrics");
    assertThat(
            db.row(
                    "SELECT cpu_usage_ratio FROM vm_now WHERE server_id = '"
                        + origin.serverId()
                        + "'")
                .get("cpu_usage_ratio"))
        .hasToString("0.5");
  }

  @Test
  void theAgentsOwnRow_hasTheWritersCounters() {
    TestQuestDb db = TestQuestDb.shared();
    UUID agent = UUID.randomUUID();
    Instant ts = Rows.now();
    try (MetricsPipeline pipeline =
        new MetricsPipeline("lab", agent, folder, db.settings(), SPOOL, BUFFER)) {
      pipeline.start();
      record(pipeline, 3);
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 3);
      pipeline.recorder().agent(new AgentSample(ts, "0.1.0", 2, 4.5));
    }
    db.settle("agent_metrics");
    Map<String, JsonNode> row = db.row("SELECT * FROM agent_metrics WHERE agent = '" + agent + "'");
    assertThat(row.get("rows_written")).hasToString("3");
    assertThat(row.get("rows_spooled")).hasToString("0");
    assertThat(row.get("poll_lag_ms")).hasToString("4.5");
    assertThat(Objects.requireNonNull(row.get("heap_used_bytes")).asLong()).isPositive();
  }

  @Test
  void whatWaits_isWrittenAtTheEnd() {
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db)) {
      TestQuestDb.await("connected", () -> pipeline.status().connected());
      record(pipeline, 100);
    }
    assertStored(db, 0, 100);
  }

  @Test
  void aQuestDbThatComesLate_getsSchemaAndRows() {
    try (TestQuestDb db = TestQuestDb.fresh()) {
      db.process().stop();
      try (MetricsPipeline pipeline = pipeline(db)) {
        record(pipeline, 100);
        TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
        assertThat(pipeline.status().connected()).isFalse();
        assertThat(pipeline.status().writeLagMs()).isPositive();
        db.process().restart();
        TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 100);
        assertThat(pipeline.status().problem()).isNull();
      }
      assertStored(db, 0, 100);
      assertThat(db.number("SELECT count() FROM table_columns('quota_metrics') WHERE upsertKey"))
          .isEqualTo(4);
    }
  }

  @Test
  void aQuestDbThatIsStoppedInTheMiddle_losesNothing() {
    TestQuestDb db = own();
    try (MetricsPipeline pipeline = pipeline(db)) {
      record(pipeline, 1_000);
      TestQuestDb.await("some rows", () -> pipeline.status().rowsWritten() > 0);
      record(pipeline, 1_000);
      db.process().stop();
      record(pipeline, 1_000);
      TestQuestDb.await("the interruption is told", () -> !pipeline.status().connected());
      db.process().restart();
      record(pipeline, 1_000);
      TestQuestDb.await("all rows", () -> pipeline.status().rowsWritten() >= 4_000);
      assertThat(pipeline.status().rowsDropped()).isZero();
    }
    assertStored(db, 0, 4_000);
  }

  @Test
  void aQuestDbThatIsKilledWhileRowsFlow_losesNothing_andDoublesNothing() {
    TestQuestDb db = own();
    try (MetricsPipeline pipeline = pipeline(db, 100_000)) {
      record(pipeline, 60_000);
      TestQuestDb.await("rows flow", () -> pipeline.status().rowsWritten() > 0);
      db.process().kill();
      record(pipeline, 2_000);
      db.process().restart();
      TestQuestDb.await("all rows", () -> pipeline.status().rowsWritten() >= 62_000);
      assertThat(pipeline.status().rowsDropped()).isZero();
    }
    assertStored(db, 0, 62_000);
  }

  @Test
  void aFullBuffer_dropsTheOldest_andCountsThem_whenTheDiskTakesNothing() throws IOException {
    TestQuestDb db = own();
    db.process().stop();
    // A file where the spool's folder should be.
    Files.createFile(folder.resolve("spool"));
    try (MetricsPipeline pipeline = pipeline(db)) {
      TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
      record(pipeline, BUFFER + 700);
      assertThat(pipeline.status().rowsDropped()).isEqualTo(700);
      assertThat(pipeline.status().rowsBuffered()).isEqualTo(BUFFER);
      db.process().restart();
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == BUFFER);
    }
    assertStored(db, 700, BUFFER);
  }

  @Test
  void theEnd_doesNotWaitForAQuestDbThatIsAway_andTheNextStartSendsWhatWasLeft() {
    TestQuestDb db = own();
    db.process().stop();
    MetricsPipeline pipeline = pipeline(db);
    record(pipeline, 10);
    TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
    long before = System.nanoTime();
    pipeline.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    assertThat(pipeline.status().rowsDropped()).isZero();
    assertThat(pipeline.status().rowsSpooled()).isEqualTo(10);
    db.process().restart();
    try (MetricsPipeline again = pipeline(db)) {
      TestQuestDb.await("rows", () -> again.status().rowsWritten() == 10);
      TestQuestDb.await("the spool is empty", () -> again.status().spoolBytes() == 0);
    }
    assertStored(db, 0, 10);
  }

  @Test
  void aWrongPassword_isTold_andNoRowIsLost() {
    TestQuestDb db = TestQuestDb.shared();
    QuestDbSettings wrong =
        new QuestDbSettings(
            new QuestDbAddress(db.process().httpUrl(), "admin", new Secret("letmein")),
            Retention.DEFAULT);
    try (MetricsPipeline pipeline =
        new MetricsPipeline("lab", AGENT, folder, wrong, SPOOL, BUFFER)) {
      pipeline.start();
      record(pipeline, 10);
      TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
      assertThat(pipeline.status().problem())
          .contains("QUESTDB_PASSWORD")
          .doesNotContain("letmein");
      assertThat(pipeline.status().rowsDropped()).isZero();
    }
  }

  private static TestQuestDb own() {
    TestQuestDb db = own;
    if (db == null) {
      db = TestQuestDb.fresh();
      own = db;
    }
    if (!db.process().process().isAlive()) {
      db.process().restart();
    }
    return db;
  }

  private MetricsPipeline pipeline(TestQuestDb db) {
    return pipeline(db, BUFFER);
  }

  private MetricsPipeline pipeline(TestQuestDb db, int bufferRows) {
    MetricsPipeline pipeline =
        new MetricsPipeline("lab", AGENT, folder, db.settings(), SPOOL, bufferRows);
    pipeline.start();
    return pipeline;
  }

  /** Numbered rows, one a millisecond. */
  private void record(MetricsPipeline pipeline, int count) {
    List<QuotaSample> samples =
        IntStream.range(next, next + count)
            .mapToObj(
                number -> new QuotaSample(start.plusMillis(number), "p", "r", (long) number, null))
            .toList();
    next += count;
    int rows =
        pipeline
            .recorder()
            .snapshot(origin, start, Rows.snapshot(List.of(), List.of(), samples, false));
    assertThat(rows).isEqualTo(count);
  }

  private void assertStored(TestQuestDb db, int from, int count) {
    db.settle("quota_metrics");
    Map<String, JsonNode> row =
        db.row(
            "SELECT count() AS n, count_distinct(used) AS d, min(used) AS a, max(used) AS z FROM"
                + " quota_metrics WHERE server_id = '"
                + origin.serverId()
                + "'");
    assertThat(row)
        .hasToString(
            "{n=" + count + ", d=" + count + ", a=" + from + ", z=" + (from + count - 1) + "}");
  }
}
