package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Progress;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.Snapshot;
import io.muster.cli.local.QuestDbProcess;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a provider may believe that its rows are safe, also after the worst end. */
class ProgressTest {
  private static final int BUFFER = 1_000;

  @TempDir Path folder;

  private final Origin origin = Rows.origin();
  private final Instant start = Rows.now().minusSeconds(7_200);

  @Test
  void acknowledgedRows_moveTheProgressForGood() {
    try (MetricsPipeline pipeline = pipeline(TestQuestDb.shared().settings())) {
      assertThat(resumed(pipeline)).isEqualTo(Progress.NONE);
      record(pipeline, 0, 0, 100);
      TestQuestDb.await("the rows are safe", () -> isKept(100));
      assertThat(pipeline.status().rowsWritten()).isPositive();
    }
    try (MetricsPipeline again = pipeline(TestQuestDb.shared().settings())) {
      assertThat(resumed(again).taken()).isEqualTo(Map.of(ProgressChild.SOURCE, 100L));
    }
  }

  @Test
  void rowsThatAreNowhere_moveNothing() throws IOException {
    Files.createFile(folder.resolve("spool"));
    try (MetricsPipeline pipeline = pipeline(nobody())) {
      record(pipeline, 0, 0, 100);
      TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
      assertThat(folder.resolve("progress.json")).doesNotExist();
    }
    try (MetricsPipeline again = pipeline(nobody())) {
      assertThat(resumed(again)).isEqualTo(Progress.NONE);
    }
  }

  @Test
  void spooledRows_moveTheProgress_asLongAsTheSpoolReallyHoldsThem() throws IOException {
    try (MetricsPipeline pipeline = pipeline(nobody())) {
      record(pipeline, 0, 0, 100);
      TestQuestDb.await("the rows are safe", () -> isKept(100));
      assertThat(pipeline.status().rowsSpooled()).isPositive();
    }
    try (MetricsPipeline again = pipeline(nobody())) {
      assertThat(resumed(again).taken()).containsEntry(ProgressChild.SOURCE, 100L);
    }
    try (RandomAccessFile segment = new RandomAccessFile(segment().toFile(), "rw")) {
      segment.setLength(segment.length() - 1);
    }
    try (MetricsPipeline again = pipeline(nobody())) {
      assertThat(resumed(again)).as("the spool was cut").isEqualTo(Progress.NONE);
    }
  }

  @Test
  void spoolThatWasSent_leavesTheProgressWhereItIs() throws IOException {
    try (MetricsPipeline pipeline = pipeline(nobody())) {
      record(pipeline, 0, 0, 100);
      TestQuestDb.await("the rows are on disk", () -> isKept(100));
    }
    try (MetricsPipeline pipeline = pipeline(TestQuestDb.shared().settings())) {
      TestQuestDb.await("the spool is sent", () -> pipeline.status().spoolBytes() == 0);
    }
    assertThat(segments()).isEmpty();
    try (MetricsPipeline again = pipeline(nobody())) {
      assertThat(resumed(again).taken()).containsEntry(ProgressChild.SOURCE, 100L);
    }
  }

  @Test
  void droppedRows_sendTheProviderBack_onceRowsAreSafeAgain() throws IOException {
    Path blocker = Files.createFile(folder.resolve("spool"));
    try (MetricsPipeline pipeline = pipeline(nobody())) {
      record(pipeline, 0, 0, 10);
      TestQuestDb.await("the problem is told", () -> pipeline.status().problem() != null);
      record(pipeline, 0, 10, BUFFER + 500);
      assertThat(pipeline.status().rowsDropped()).isPositive();
      assertThat(resumed(pipeline).taken())
          .as("not sent back while nothing can be written")
          .containsEntry(ProgressChild.SOURCE, BUFFER + 500L);

      Files.delete(blocker);
      TestQuestDb.await("sent back", () -> resumed(pipeline).epoch() == 1);
      assertThat(resumed(pipeline)).isEqualTo(new Progress(1, Map.of(), Map.of()));
      record(pipeline, 0, BUFFER + 500, BUFFER + 600);
      assertThat(resumed(pipeline).taken()).as("begun before the loss was known").isEmpty();

      record(pipeline, 1, 0, 600);
      TestQuestDb.await("the rows are safe", () -> isKept(600));
      assertThat(resumed(pipeline).taken()).containsEntry(ProgressChild.SOURCE, 600L);
    }
  }

  @Test
  void brokenFile_isSaid_andStopsNothing() throws IOException {
    Files.writeString(folder.resolve("progress.json"), "{\"servers\":{\"x\":");
    try (MetricsPipeline pipeline = pipeline(nobody())) {
      assertThat(resumed(pipeline)).isEqualTo(Progress.NONE);
    }
  }

  @Test
  void agentKilledAtRandomMoments_losesNothing_andDoublesNothing() throws Exception {
    TestQuestDb db = TestQuestDb.shared();
    Random random = new Random(20_260_302);
    UUID server = UUID.randomUUID();
    URI nobody = nobody().address().url();
    for (int round = 0; round < 8; round++) {
      URI url = random.nextInt(3) == 0 ? nobody : db.process().httpUrl();
      kill(url, server, random.nextInt(2_500));
    }
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await("the spool is sent", () -> pipeline.status().spoolBytes() == 0);
    }
    db.settle("quota_metrics");
    Map<String, com.fasterxml.jackson.databind.JsonNode> row =
        db.row(
            "SELECT count() AS n, count_distinct(used) AS d, min(used) AS a, max(used) AS z FROM"
                + " quota_metrics WHERE server_id = '"
                + server
                + "'");
    long rows = number(row, "n");
    assertThat(rows).isGreaterThan(500);
    assertThat(number(row, "d")).as("none double").isEqualTo(rows);
    assertThat(number(row, "a")).isZero();
    assertThat(number(row, "z")).as("none lost").isEqualTo(rows - 1);
  }

  private static long number(
      Map<String, com.fasterxml.jackson.databind.JsonNode> row, String column) {
    return java.util.Objects.requireNonNull(row.get(column)).asLong();
  }

  /** Lets the child go on for a random while after its first rows are somewhere, and kills it. */
  private void kill(URI url, UUID server, int moreMillis) throws IOException, InterruptedException {
    Path errors = folder.resolve("child.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ProgressChild.class.getName(),
                folder.toString(),
                url.toString(),
                server.toString(),
                start.toString())
            .redirectError(errors.toFile());
    QuestDbProcess db = TestQuestDb.shared().process();
    builder.environment().put("QUESTDB_USER", db.user());
    builder.environment().put("QUESTDB_PASSWORD", db.password().reveal());
    Process child = builder.start();
    try (BufferedReader told = child.inputReader(StandardCharsets.UTF_8)) {
      String line = told.readLine();
      while (line != null && !line.equals("going")) {
        line = told.readLine();
      }
      assertThat(line).as(Files.readString(errors)).isNotNull();
      // The moment of the kill is what is random; nothing is waited for.
      assertThat(child.waitFor(Duration.ofMillis(moreMillis))).isFalse();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private MetricsPipeline pipeline(QuestDbSettings settings) {
    MetricsPipeline pipeline =
        new MetricsPipeline("lab", new UUID(5, 5), folder, settings, 64 << 20, BUFFER);
    pipeline.start();
    return pipeline;
  }

  private void record(MetricsPipeline pipeline, long epoch, int from, int next) {
    Snapshot snapshot = ProgressChild.snapshot(epoch, start, from, next);
    pipeline.recorder().snapshot(origin, start, snapshot);
  }

  private boolean isKept(int next) {
    Path file = folder.resolve("progress.json");
    try {
      return Files.exists(file) && Files.readString(file).contains("\"numbers\":" + next + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProgressKeeper keeper(MetricsPipeline pipeline) {
    return pipeline.progressOf(origin.serverId());
  }

  private Progress resumed(MetricsPipeline pipeline) {
    return keeper(pipeline).resume(Progress.NONE);
  }

  private Path segment() throws IOException {
    return segments().getLast();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files.sorted().toList();
    }
  }

  private static QuestDbSettings nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new QuestDbSettings(
          new QuestDbAddress(URI.create("http://127.0.0.1:" + free.getLocalPort()), null, null),
          Retention.DEFAULT);
    }
  }
}
