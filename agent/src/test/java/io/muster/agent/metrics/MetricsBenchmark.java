package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import io.muster.schema.Schema;
import io.questdb.client.Sender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prints figures; run with {@code -Dmuster.excluded.tags= -Dgroups=benchmark}. */
@Tag("benchmark")
class MetricsBenchmark {
  private static final int VMS = 5_000;

  /** Pods at a time, and how often all of them give way to others within a day. */
  private static final int PODS = 10_000;

  private static final int GENERATIONS = 10;

  @TempDir Path folder;

  private final Origin origin =
      new Origin("bench", ProviderKind.KUBERNETES, new ServerId(new UUID(1, 1)), "bench-cluster");

  /** Rows a second of the whole path against the official client alone, and CPU of the caller. */
  @Test
  void throughput_ofOurPath_againstTheBareClient() {
    int total = 300_000;
    try (TestQuestDb db = TestQuestDb.fresh();
        MetricsPipeline pipeline =
            new MetricsPipeline(
                "bench", new UUID(2, 2), folder, db.settings(), 1L << 30, 1_000_000)) {
      pipeline.start();
      TestQuestDb.await("connected", () -> pipeline.status().connected());
      for (int round = 0; round < 3; round++) {
        Instant start = Rows.now().minus(round + 1, ChronoUnit.HOURS);
        long cpu = cpuNanos();
        long began = System.nanoTime();
        long before = pipeline.status().rowsWritten();
        for (int second = 0; second < total / VMS; second++) {
          pipeline
              .recorder()
              .snapshot(
                  origin,
                  start,
                  Rows.snapshot(
                      List.of(), List.of(), samples(start.plusSeconds(second), VMS, 0), false));
        }
        TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() - before == total);
        report("our path, round " + round, total, began, cpu);
        bare(db, start.minus(100, ChronoUnit.DAYS), total, round);
      }
      assertThat(pipeline.status().rowsDropped()).isZero();
    }
  }

  private void bare(TestQuestDb db, Instant start, int total, int round) {
    try (Sender sender = sender(db)) {
      long cpu = cpuNanos();
      long began = System.nanoTime();
      for (int second = 0; second < total / VMS; second++) {
        for (VmSample sample : samples(start.plusSeconds(second), VMS, 0)) {
          SenderCells.add(sender, new Row<>(Tables.VM_METRICS, origin, sample.ts(), sample));
        }
        sender.flush();
      }
      report("bare client, round " + round, total, began, cpu);
    }
  }

  private static Sender sender(TestQuestDb db) {
    return Sender.builder(Sender.Transport.HTTP)
        .address("127.0.0.1:" + db.address().port())
        .protocolVersion(Sender.PROTOCOL_VERSION_V2)
        .httpUsernamePassword(db.process().user(), db.process().password().reveal())
        .disableAutoFlush()
        .build();
  }

  private int ingest(Sender sender, Instant ts, int generation) {
    List<VmSample> samples = samples(ts, PODS, generation);
    for (VmSample sample : samples) {
      SenderCells.add(sender, new Row<>(Tables.VM_METRICS, origin, ts, sample));
      SenderCells.add(
          sender,
          new Row<>(Tables.VM_STATES, origin, ts, Rows.vm(sample.vmId(), VmStatus.RUNNING)));
    }
    sender.flush();
    return 2 * samples.size();
  }

  private void ingestNow(TestQuestDb db) {
    try (Sender sender = sender(db)) {
      ingest(sender, Instant.now(), GENERATIONS - 1);
    }
    db.settle("vm_metrics");
    db.settle("vm_states");
    assertThat(db.number("SELECT count() FROM vm_now")).isEqualTo(PODS);
  }

  /** A day of churning pods: 100,000 names, of which 10,000 are alive at a time. */
  @ParameterizedTest
  @ValueSource(strings = {"VARCHAR", "SYMBOL"})
  void vmId_asVarcharOrSymbol_withAHundredThousandPodNamesInADay(String type) throws Exception {
    Schema schema = Schema.load();
    try (TestQuestDb db = TestQuestDb.fresh()) {
      List<Schema.TableSql> tables =
          schema.tables().stream()
              .map(table ->
                  new Schema.TableSql(
                      table.name(),
                      // Only a SYMBOL can have an index.
                      table
                          .sql()
                          .replaceAll(
                              "vm_id SYMBOL( INDEX CAPACITY \\d+)?",
                              type.equals("SYMBOL") ? "vm_id SYMBOL$1" : "vm_id " + type),
                      table.columns(),
                      table.indexes(),
                      table.keys(),
                      table.expires()))
              .toList();
      for (Schema.TableSql table : tables) {
        db.rows(table.sql());
      }
      // Views of alert rules look up symbols: with texts QuestDB refuses some.
      schema.views().stream()
          .filter(view -> !view.name().startsWith("alert_"))
          .forEach(view -> db.rows(view.sql()));
      Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
      long began = System.nanoTime();
      long cpu = cpuNanos();
      long rows = 0;
      try (Sender sender = sender(db)) {
        // Each generation lives 144 minutes; a row of state and one of numbers every 6 minutes.
        for (int minute = 24 * 60; minute > 0; minute -= 6) {
          int generation = Math.min(GENERATIONS - 1, (24 * 60 - minute) / 144);
          rows += ingest(sender, now.minus(minute, ChronoUnit.MINUTES), generation);
        }
      }
      report("vm_id " + type + ": ingest", rows, began, cpu);
      db.settle("vm_metrics");
      db.settle("vm_states");
      System.out.printf(
          "vm_id %s: applied after %.1f s%n", type, (System.nanoTime() - began) / 1e9);
      assertThat(db.number("SELECT count_distinct(vm_id) FROM vm_metrics"))
          .isEqualTo(PODS * GENERATIONS);
      ingestNow(db);
      query(db, type, "vm_now", "SELECT * FROM vm_now");
      query(db, type, "vm_now by status", "SELECT status, count() FROM vm_now GROUP BY status");
      query(
          db,
          type,
          "24 h of one VM",
          "SELECT ts, avg(cpu_usage_ratio) FROM vm_metrics WHERE vm_id ="
              + " 'pod:shop:web-9-9999' SAMPLE BY 1h");
      query(
          db,
          type,
          "top 10 of 24 h",
          "SELECT vm_id, avg(cpu_usage_ratio) c FROM vm_metrics GROUP BY vm_id ORDER BY c DESC"
              + " LIMIT 10");
      db.process().stop();
      db.process().restart();
      ingestNow(db);
      query(db, type, "vm_now after a restart", "SELECT * FROM vm_now");
      System.out.printf(
          "vm_id %s: RSS %d MB, disk vm_metrics+vm_states %d MB%n",
          type, rssMegabytes(db), diskMegabytes(db.process().settings().folder().resolve("db")));
    }
  }

  private static List<VmSample> samples(Instant ts, int vms, int generation) {
    Random random = new Random(7);
    return IntStream.range(0, vms)
        .mapToObj(vm ->
            new VmSample(
                ts,
                "pod:shop:web-" + generation + "-" + vm,
                30,
                random.nextDouble(),
                2.0,
                random.nextLong(1L << 32),
                1L << 32,
                MemorySource.METRICS_SERVER,
                null,
                random.nextLong(1L << 34),
                1L << 34,
                random.nextDouble() * 1e6,
                random.nextDouble() * 1e6,
                random.nextDouble() * 1e6,
                random.nextDouble() * 1e6,
                86_400L))
        .toList();
  }

  private static void query(TestQuestDb db, String type, String name, String sql) {
    double[] millis = new double[40];
    for (int i = 0; i < millis.length; i++) {
      long began = System.nanoTime();
      db.rows(sql);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        "vm_id %s: %s: first %.0f ms, median %.1f ms, p95 %.1f ms (with HTTP and JSON)%n",
        type, name, first, millis[millis.length / 2], millis[(int) (millis.length * 0.95)]);
  }

  private static void report(String what, long rows, long began, long cpu) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%s: %d rows in %.1f s = %.0f rows/s, %.1f µs CPU a row in this process%n",
        what, rows, seconds, rows / seconds, (cpuNanos() - cpu) / 1e3 / rows);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static long rssMegabytes(TestQuestDb db) throws IOException {
    Path status = Path.of("/proc", String.valueOf(db.process().process().pid()), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  private static long diskMegabytes(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.filter(path -> path.toString().matches(".*/vm_(metrics|states)~.*"))
          .filter(Files::isRegularFile)
          .forEach(files::add);
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes / (1 << 20);
  }
}
