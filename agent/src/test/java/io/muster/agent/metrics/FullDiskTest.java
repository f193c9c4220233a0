package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.agent.provider.QuotaSample;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool on a real file system that is really full. */
@Tag("mount")
class FullDiskTest {
  private static final long SPOOL = 64 << 20;
  private static final int BUFFER = 5_000;

  /** Less than 1,000 rows need: the disk is full in the middle of their record. */
  private static final int ROOM = 8 << 10;

  @TempDir Path folder;

  private final Origin origin = Rows.origin();
  private final Instant start = Rows.now().minusSeconds(7_200);
  private int next;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws IOException, InterruptedException {
    String said = run("mount", "-t", "tmpfs", "-o", "size=4m", "muster-test", folder.toString());
    mounted = said.isEmpty();
    assumeTrue(
        mounted, "Not run: needs the right to mount a small file system (root on Linux): " + said);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      // Lazily, because a test that failed has left files open.
      assertThat(run("umount", "-l", folder.toString())).isEmpty();
    }
  }

  @Test
  void aDiskFullInTheMiddleOfARecord_keepsWhatWasThere_andTakesRowsAgainOnceThereIsRoom()
      throws IOException {
    Spool spool = new Spool(folder, SPOOL, Clock.systemUTC());
    spool.append(rows(500));
    long bytes = spool.state().bytes();
    Path ballast = fill();

    List<Row<?>> refused = rows(2_000);
    assertThatThrownBy(() -> spool.append(refused))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");

    assertThat(spool.state().rowsSpooled()).isEqualTo(500);
    assertThat(spool.state().bytes()).isEqualTo(bytes);
    assertThat(Files.size(segment())).as("the torn record is cut off").isEqualTo(bytes);
    assertThat(room()).as("room that the torn record had").isGreaterThanOrEqualTo(ROOM);
    Files.delete(ballast);
    spool.append(refused);
    spool.close();

    Spool after = new Spool(folder, SPOOL, Clock.systemUTC());
    after.open();
    assertThat(after.state().rowsDropped()).isZero();
    assertThat(numbers(Objects.requireNonNull(after.peek(Integer.MAX_VALUE))))
        .isEqualTo(IntStream.range(0, 2_500).boxed().toList());
    after.close();
  }

  @Test
  void aFullDisk_isSaid_losesOnlyWhatTheBufferCannotHold_andTheRestIsWrittenOnceThereIsRoom()
      throws IOException {
    try (SaidOnErr said = new SaidOnErr();
        MetricsPipeline pipeline = pipeline(nobody())) {
      record(pipeline, 1_000);
      TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() == 1_000);
      Path ballast = fill();
      for (int i = 0; i < 7; i++) {
        record(pipeline, 1_000);
      }
      TestQuestDb.await("it is said", () -> said.count("cannot be kept on disk") > 0);
      TestQuestDb.await("drops are counted", () -> pipeline.status().rowsDropped() == 2_000);
      assertThat(said.text()).contains("No space left on device");
      assertThat(pipeline.status().rowsSpooled()).isEqualTo(1_000);
      assertThat(said.count("The disk takes rows again")).isZero();

      Files.delete(ballast);
      TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() == 6_000);
      // The rows are counted a moment before it is said.
      TestQuestDb.await("it is said", () -> said.count("The disk takes rows again") == 1);
      assertThat(said.count("cannot be kept on disk")).as("said once").isEqualTo(1);
      assertThat(pipeline.status().rowsDropped()).isEqualTo(2_000);
    }
    TestQuestDb db = TestQuestDb.shared();
    try (MetricsPipeline pipeline = pipeline(db.settings())) {
      TestQuestDb.await("rows", () -> pipeline.status().rowsWritten() == 6_000);
      TestQuestDb.await("the spool is empty", () -> pipeline.status().spoolBytes() == 0);
    }
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
    assertThat(stored)
        .isEqualTo(
            IntStream.concat(IntStream.range(0, 1_000), IntStream.range(3_000, 8_000))
                .boxed()
                .toList());
  }

  @Test
  void aFullDisk_isDrainedByQuestDb_andRowsFlowAgainWithoutMoreRoom() throws IOException {
    try (SaidOnErr said = new SaidOnErr();
        TestQuestDb db = TestQuestDb.fresh()) {
      try (MetricsPipeline pipeline = pipeline(db.settings())) {
        record(pipeline, 100);
        TestQuestDb.await("live rows", () -> pipeline.status().rowsWritten() == 100);
        db.process().stop();
        record(pipeline, 1_000);
        TestQuestDb.await("rows on disk", () -> pipeline.status().rowsSpooled() == 1_000);
        fill();
        record(pipeline, 1_000);
        TestQuestDb.await("it is said", () -> said.count("cannot be kept on disk") > 0);
        db.process().restart();
        TestQuestDb.await("all rows", () -> pipeline.status().rowsWritten() >= 2_100);
        assertThat(pipeline.status().rowsDropped()).isZero();
        assertThat(pipeline.status().rowsBuffered()).isZero();
      }
      db.settle("quota_metrics");
      assertThat(db.number("SELECT count() FROM quota_metrics")).isEqualTo(2_100);
    }
  }

  /** Fills the disk but for {@link #ROOM}. */
  private Path fill() throws IOException {
    Path ballast = folder.resolve("ballast");
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      assertThatThrownBy(
              () -> {
                while (channel.write(ByteBuffer.allocate(4 << 10)) > 0) {}
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
      channel.truncate(channel.size() - ROOM);
    }
    return ballast;
  }

  private long room() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files.toList().getFirst();
    }
  }

  private MetricsPipeline pipeline(QuestDbSettings settings) {
    MetricsPipeline pipeline =
        new MetricsPipeline("lab", new UUID(7, 7), folder, settings, SPOOL, BUFFER);
    pipeline.start();
    return pipeline;
  }

  /** An address where nobody answers. */
  private static QuestDbSettings nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + free.getLocalPort());
      return new QuestDbSettings(new QuestDbAddress(url, null, null), Retention.DEFAULT);
    }
  }

  private List<QuotaSample> samples(int count) {
    int first = next;
    next += count;
    return IntStream.range(first, next)
        .mapToObj(number -> SpoolingChild.sample(start, number))
        .toList();
  }

  private void record(MetricsPipeline pipeline, int count) {
    pipeline
        .recorder()
        .snapshot(origin, start, Rows.snapshot(List.of(), List.of(), samples(count), false));
  }

  private List<Row<?>> rows(int count) {
    List<Row<?>> rows = new ArrayList<>();
    for (QuotaSample sample : samples(count)) {
      rows.add(new Row<>(Tables.QUOTA_METRICS, origin, start, sample));
    }
    return rows;
  }

  private static List<Integer> numbers(Spool.Stored stored) {
    return stored.rows().stream()
        .map(ExpectedCells::of)
        .map(cells -> ((Double) Objects.requireNonNull(cells.get("used"))).intValue())
        .toList();
  }

  /** What the command said when it failed; empty when it did not. */
  private static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? "" : command[0] + " ended with " + code + ": " + said.strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The log is written to the error stream: what it says while this is open. */
  private static final class SaidOnErr implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    SaidOnErr() {
      System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    long count(String sentence) {
      return text().lines().filter(line -> line.contains(sentence)).count();
    }

    @Override
    public void close() {
      System.setErr(before);
      before.print(text());
    }
  }
}
