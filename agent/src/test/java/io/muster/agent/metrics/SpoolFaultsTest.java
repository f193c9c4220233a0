package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.QuotaSample;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the spool promises, on a real QuestDB, real files and a process that is really killed. */
class SpoolFaultsTest {
  private static final UUID AGENT = UUID.fromString("b9b0f9a5-1111-4222-8333-444455556666");
  private static final long SPOOL = 64 << 20;
  private static final int BUFFER = 5_000;

  @TempDir Path folder;

  private final Origin origin = Rows.origin();
  private final Instant start = Rows.now().minusSeconds(7_200);
  private int next;

  @Test
  void anHourWithoutQuestDb_acrossARestartOfTheAgent_losesNothing() {
    try (TestQuestDb db = TestQuestDb.fresh()) {
      try (MetricsPipeline pipeline = pipeline(db.settings())) {
        record(pipeline, 500);
        TestQuestDb.await("live rows", () -> pipeline.status().rowsWritten() == 500);
        db.process().stop();
        // As many rows as 33 VMs make in an hour.
        recordThroughTheBuffer(pipeline, 12_000);
        TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() >= 12_000);
        assertThat(pipeline.status().connected()).isFalse();
        assertThat(pipeline.status().spoolBytes()).isPositive();
        record(pipeline, 300);
      }
      try (MetricsPipeline pipeline = pipeline(db.settings())) {
        record(pipeline, 700);
        TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
        assertThat(pipeline.status().writeLagMs()).isPositive();
        db.process().restart();
        record(pipeline, 500);
        TestQuestDb.await("all rows", () -> pipeline.status().rowsWritten() >= 13_500);
        TestQuestDb.await("the spool is empty", () -> pipeline.status().spoolBytes() == 0);
        assertThat(pipeline.status().rowsDropped()).isZero();
        record(pipeline, 10);
      }
      assertStored(db, origin, IntStream.range(0, 14_010).boxed().toList());
    }
  }

  @Test
  void anAgentKilledAtRandomMoments_losesNoRowThatWasOnDisk() throws Exception {
    Random random = new Random(20_260_301);
    Set<Integer> kept = new HashSet<>();
    UUID server = UUID.randomUUID();
    String nobody = nobody().toString();
    for (int round = 0; round < 6; round++) {
      int first = round * 1_000_000;
      int onDisk = killed(nobody, server, first, 1 + random.nextInt(4), random.nextInt(900));
      assertThat(onDisk).isPositive();
      IntStream.range(first, first + onDisk).forEach(kept::add);
    }
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await(
          "all rows",
          () -> pipeline.status().rowsWritten() > 0 && pipeline.status().spoolBytes() == 0);
      assertThat(pipeline.status().rowsQuarantined()).isZero();
    }
    db.settle("quota_metrics");
    String where = " FROM quota_metrics WHERE server_id = '" + server + "'";
    assertThat(db.number("SELECT count()" + where))
        .as("none double")
        .isEqualTo(db.number("SELECT count_distinct(used)" + where));
    Set<Integer> stored = new HashSet<>();
    db.rows("SELECT used" + where)
        .forEach(row -> stored.add(row.values().iterator().next().asInt()));
    kept.removeAll(stored);
    assertThat(kept).as("told to be on disk and yet lost").isEmpty();
  }

  /** Runs the child until it has told some times what is on disk, a little on, and kills it. */
  private int killed(String url, UUID server, int first, int tellings, int moreMillis)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("child-" + first + ".log");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolingChild.class.getName(),
                folder.toString(),
                url,
                server.toString(),
                start.toString(),
                String.valueOf(first))
            .redirectError(errors.toFile())
            .start();
    try (BufferedReader told = child.inputReader(StandardCharsets.UTF_8)) {
      int onDisk = 0;
      for (int i = 0; i < tellings; i++) {
        onDisk = number(told, errors, onDisk);
      }
      // The moment of the kill is what is random; nothing is waited for.
      if (child.waitFor(Duration.ofMillis(moreMillis))) {
        throw new AssertionError(Files.readString(errors));
      }
      // By its handle, because the process itself would close what is still to be read.
      assertThat(child.toHandle().destroyForcibly()).isTrue();
      child.waitFor();
      String line = told.readLine();
      while (line != null) {
        onDisk = line.matches("\\d+") ? Integer.parseInt(line) : onDisk;
        line = told.readLine();
      }
      return onDisk;
    } finally {
      child.destroyForcibly();
    }
  }

  private static int number(BufferedReader told, Path errors, int before) throws IOException {
    String line = told.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = told.readLine();
    }
    if (line == null) {
      throw new AssertionError("ended at " + before + ": " + Files.readString(errors));
    }
    return Integer.parseInt(line);
  }

  @Test
  void aQuestDbThatHangs_hasItsRowsOnDiskWithinSeconds_andNoneIsLost() throws IOException {
    try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        MetricsPipeline pipeline = pipeline(address(hangs.getLocalPort()))) {
      record(pipeline, 1_000);
      TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() >= 1_000);
      assertThat(pipeline.status().rowsBuffered()).isZero();
    }
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() >= 1_000);
    }
    assertStored(db, origin, IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void aRefusedRowInTheSpool_isQuarantined_andStopsNothing() throws IOException {
    try (MetricsPipeline pipeline = pipeline(nobodySettings())) {
      record(pipeline, 50);
      // A time before 1970: QuestDB takes no such row.
      QuotaSample impossible =
          new QuotaSample(Instant.parse("1901-01-01T00:00:00Z"), "p", "r", -1L, null);
      pipeline
          .recorder()
          .snapshot(origin, start, Rows.snapshot(List.of(), List.of(), List.of(impossible), false));
      record(pipeline, 50);
      TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() == 101);
    }
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 100);
      TestQuestDb.await("the spool is empty", () -> pipeline.status().spoolBytes() == 0);
      assertThat(pipeline.status().rowsQuarantined()).isEqualTo(1);
    }
    assertStored(db, origin, IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void aDiskThatTakesNothing_leavesRowsInTheBuffer_andTheyGoToDiskOnceItDoes() throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("spool"));
    try (MetricsPipeline pipeline = pipeline(nobodySettings())) {
      record(pipeline, 1_000);
      TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
      assertThat(pipeline.status().rowsSpooled()).isZero();
      assertThat(pipeline.status().rowsDropped()).isZero();
      Files.delete(inTheWay);
      TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() == 1_000);
    }
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 1_000);
    }
    assertStored(db, origin, IntStream.range(0, 1_000).boxed().toList());
  }

  private MetricsPipeline pipeline(QuestDbSettings settings) {
    MetricsPipeline pipeline = new MetricsPipeline("lab", AGENT, folder, settings, SPOOL, BUFFER);
    pipeline.start();
    return pipeline;
  }

  private static QuestDbSettings nobodySettings() throws IOException {
    return new QuestDbSettings(new QuestDbAddress(nobody(), null, null), Retention.DEFAULT);
  }

  private static QuestDbSettings address(int port) {
    return new QuestDbSettings(
        new QuestDbAddress(URI.create("http://127.0.0.1:" + port), null, null), Retention.DEFAULT);
  }

  /** An address where nobody answers. */
  private static URI nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
  }

  private void recordThroughTheBuffer(MetricsPipeline pipeline, int count) {
    int end = next + count;
    while (next < end) {
      TestQuestDb.await("room", () -> pipeline.status().rowsBuffered() <= BUFFER - 1_000);
      record(pipeline, Math.min(1_000, end - next));
    }
  }

  private void record(MetricsPipeline pipeline, int count) {
    List<QuotaSample> samples =
        IntStream.range(next, next + count)
            .mapToObj(number -> SpoolingChild.sample(start, number))
            .toList();
    next += count;
    pipeline
        .recorder()
        .snapshot(origin, start, Rows.snapshot(List.of(), List.of(), samples, false));
  }

  private static void assertStored(TestQuestDb db, Origin origin, List<Integer> expected) {
    db.settle("quota_metrics");
    List<Integer> stored =
        db
            .rows(
                "SELECT used FROM quota_metrics WHERE server_id = '"
                    + origin.serverId()
                    + "' ORDER BY ts")
            .stream()
            .map(row -> row.values().iterator().next().asInt())
            .toList();
    assertThat(stored).isEqualTo(expected);
  }
}
