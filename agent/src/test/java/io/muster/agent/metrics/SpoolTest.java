package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.QuotaSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, bound, count and survival of the spool. */
class SpoolTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  /** What is done to the spool; rows are numbered in the order they come. */
  sealed interface Step {
    record Append(int rows) implements Step {}

    record Send(int max, boolean acknowledged) implements Step {}

    /** The process is gone without a close, and so is the end of what it was writing. */
    record Crash(int bytesTorn) implements Step {}
  }

  @Property(tries = 200)
  void whateverHappens_orderIsKept_andWhatWasAppendedComesBack(@ForAll("steps") List<Step> steps)
      throws IOException {
    Path data = Files.createTempDirectory("muster-spool-");
    try {
      Spool spool = spool(data, MIB);
      List<Integer> waiting = new ArrayList<>();
      int next = 0;
      for (Step step : steps) {
        switch (step) {
          case Step.Append append -> {
            spool.append(rows(next, append.rows()));
            for (int i = 0; i < append.rows(); i++) {
              waiting.add(next++);
            }
          }
          case Step.Send send -> {
            Spool.Stored stored = spool.peek(send.max());
            assertThat(stored == null).isEqualTo(waiting.isEmpty());
            if (stored != null) {
              List<Integer> numbers = numbers(stored);
              assertThat(numbers).isEqualTo(waiting.subList(0, numbers.size()));
              if (send.acknowledged()) {
                spool.remove(stored);
                waiting.subList(0, numbers.size()).clear();
              }
            }
          }
          case Step.Crash crash -> {
            spool.close();
            tear(data, crash.bytesTorn());
            spool = spool(data, MIB);
            List<Integer> found = all(spool);
            // What was sent of the oldest segment may come again; only the torn end may be missing.
            int first = waiting.isEmpty() ? next : waiting.getFirst();
            List<Integer> unsent = found.stream().filter(number -> number >= first).toList();
            assertThat(found).isSorted().doesNotHaveDuplicates();
            assertThat(unsent)
                .isEqualTo(crash.bytesTorn() == 0 ? waiting : waiting.subList(0, unsent.size()));
            waiting = found;
          }
        }
        assertThat(spool.state().rowsWaiting()).isEqualTo(waiting.size());
        assertThat(spool.state().bytes()).isLessThanOrEqualTo(MIB);
      }
      assertThat(all(spool)).isEqualTo(waiting);
      spool.close();
    } finally {
      delete(data);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> append = Arbitraries.integers().between(1, 700).map(Step.Append::new);
    Arbitrary<Step> send =
        Arbitraries.integers()
            .between(1, 900)
            .flatMap(max -> Arbitraries.of(true, false).map(ok -> new Step.Send(max, ok)));
    Arbitrary<Step> crash = Arbitraries.of(0, 0, 1, 7, 30, 3_000).map(Step.Crash::new);
    return Arbitraries.frequencyOf(Tuple.of(4, append), Tuple.of(4, send), Tuple.of(1, crash))
        .list()
        .ofMaxSize(30);
  }

  @Test
  void everyRowOfEveryTable_comesBackWithAllItsCells() throws IOException {
    Instant ts = Instant.parse("2026-03-01T10:00:00.123456Z");
    List<Row<?>> written = new ArrayList<>(Rows.full(Rows.origin(), ts));
    written.addAll(Rows.sparse(Rows.origin(), ts));
    Spool spool = spool(folder, MIB);
    spool.append(written);
    List<WritableRow> read = Objects.requireNonNull(spool.peek(1_000)).rows();
    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).tableName()).isEqualTo(written.get(i).tableName());
      assertThat(RowText.of(read.get(i))).isEqualTo(RowText.of(written.get(i)));
      assertThat(ExpectedCells.of(read.get(i))).isEqualTo(ExpectedCells.of(written.get(i)));
    }
    spool.close();
  }

  @Test
  void aFullSpool_dropsTheOldest_andCountsThem() throws IOException {
    Spool spool = spool(folder, MIB);
    int count = 0;
    while (spool.state().rowsDropped() == 0) {
      spool.append(rows(count, 1_000));
      count += 1_000;
    }
    List<Integer> left = all(spool);
    assertThat(left).isEqualTo(numbers(count - left.size(), left.size()));
    assertThat(spool.state().rowsDropped()).isEqualTo(count - left.size());
    assertThat(spool.state().rowsSpooled()).isEqualTo(count);
    assertThat(spool.state().bytes()).isBetween(MIB / 2, MIB);
    spool.close();
  }

  @Test
  void aSmallerBoundAtTheNextStart_dropsTheOldest() throws IOException {
    Spool before = spool(folder, 4 * MIB);
    for (int i = 0; i < 150; i++) {
      before.append(rows(i * 1_000, 1_000));
    }
    before.close();
    Spool after = spool(folder, MIB);
    assertThat(after.state().bytes()).isLessThanOrEqualTo(MIB);
    assertThat(after.state().rowsDropped() + after.state().rowsWaiting()).isEqualTo(150_000);
    assertThat(all(after).getLast()).isEqualTo(149_999);
    after.close();
  }

  @Test
  void aDamagedRecord_isLeftOutAndCounted_andTheRowsAroundItComeBack() throws IOException {
    Spool before = spool(folder, MIB);
    before.append(rows(0, 10));
    long second = before.state().bytes();
    before.append(rows(10, 10));
    before.append(rows(20, 10));
    before.close();
    Path file = files(folder).getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) second + 40] ^= 0x20;
    Files.write(file, bytes);
    Spool after = spool(folder, MIB);
    List<Integer> expected = new ArrayList<>(numbers(0, 10));
    expected.addAll(numbers(20, 10));
    assertThat(all(after)).isEqualTo(expected);
    assertThat(after.state().rowsDropped()).isEqualTo(10);
    after.close();
  }

  @Test
  void aRecordDamagedWhileItWaits_isLeftOutAndCounted() throws IOException {
    Spool spool = spool(folder, MIB);
    spool.append(rows(0, 10));
    Path file = files(folder).getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[50] ^= 1;
    Files.write(file, bytes);
    spool.append(rows(10, 10));
    assertThat(all(spool)).isEqualTo(numbers(10, 10));
    assertThat(spool.state().rowsDropped()).isEqualTo(10);
    spool.close();
  }

  @Test
  void aFileThatIsNoSegment_isSetAside_andStopsNothing() throws IOException {
    Path spoolFolder = Files.createDirectories(folder.resolve("spool"));
    Files.writeString(spoolFolder.resolve("0000000000000003.rows"), "something else entirely");
    Files.writeString(spoolFolder.resolve("letter.rows"), "not a number");
    Files.createFile(spoolFolder.resolve("0000000000000004.rows"));
    Spool spool = spool(folder, MIB);
    spool.append(rows(0, 5));
    assertThat(all(spool)).isEqualTo(numbers(0, 5));
    try (var left = Files.list(spoolFolder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "0000000000000003.rows.unreadable",
              "letter.rows.unreadable",
              "0000000000000005.rows");
    }
    spool.close();
  }

  @Test
  void anEmptySpool_leavesNoFile() throws IOException {
    Spool spool = spool(folder, MIB);
    spool.append(rows(0, 5));
    spool.remove(Objects.requireNonNull(spool.peek(10)));
    assertThat(files(folder)).isEmpty();
    assertThat(spool.state().bytes()).isZero();
    assertThat(spool.state().oldestAtMillis()).isNull();
    spool.append(rows(5, 5));
    assertThat(all(spool)).isEqualTo(numbers(5, 5));
    spool.close();
  }

  @Test
  void rowsDroppedWhileTheyAreBeingSent_areForgottenOnce() throws IOException {
    Spool spool = spool(folder, MIB);
    spool.append(rows(0, 10));
    Spool.Stored stored = Objects.requireNonNull(spool.peek(10));
    int count = 10;
    while (spool.state().rowsDropped() == 0) {
      spool.append(rows(count, 1_000));
      count += 1_000;
    }
    long waiting = spool.state().rowsWaiting();
    spool.remove(stored);
    assertThat(spool.state().rowsWaiting()).isEqualTo(waiting);
    spool.close();
  }

  private static Spool spool(Path data, long maxBytes) throws IOException {
    Spool spool = new Spool(data, maxBytes, Clock.systemUTC());
    spool.open();
    return spool;
  }

  private static List<Row<?>> rows(int first, int count) {
    List<Row<?>> rows = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      Instant ts = Instant.EPOCH.plusMillis(number);
      rows.add(
          new Row<>(
              Tables.QUOTA_METRICS, null, ts, new QuotaSample(ts, "p", "r", (long) number, null)));
    }
    return rows;
  }

  private static List<Integer> all(Spool spool) {
    return numbers(spool.peek(Integer.MAX_VALUE));
  }

  private static List<Integer> numbers(int first, int count) {
    return IntStream.range(first, first + count).boxed().toList();
  }

  private static List<Integer> numbers(Spool.@Nullable Stored stored) {
    List<Integer> numbers = new ArrayList<>();
    if (stored != null) {
      for (WritableRow row : stored.rows()) {
        numbers.add(
            ((Double) Objects.requireNonNull(ExpectedCells.of(row).get("used"))).intValue());
      }
    }
    return numbers;
  }

  /** Takes bytes off the end of the youngest file. */
  private static void tear(Path data, int bytes) throws IOException {
    List<Path> files = files(data);
    if (bytes > 0 && !files.isEmpty()) {
      byte[] whole = Files.readAllBytes(files.getLast());
      Files.write(
          files.getLast(), java.util.Arrays.copyOf(whole, Math.max(0, whole.length - bytes)));
    }
  }

  private static List<Path> files(Path data) throws IOException {
    try (var files = Files.list(data.resolve("spool"))) {
      return files.filter(path -> path.toString().endsWith(".rows")).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
