package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A past read in slices, the newest first, gives the rows of one that was read as it happened. */
final class SliceTest {
  private static final long BEGIN = 1_800_000_000L;
  private static final List<String> IDS = List.of("node/pve1", "qemu/100", "lxc/101");

  /** Generations at odd times, of which objects are missing at times, and counters that fall. */
  private record Past(List<Long> times, List<String> rows) {
    static Past of(long seed, int generations) {
      Random random = new Random(seed);
      List<Long> times = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      long[] uptime = new long[IDS.size()];
      long[] counter = new long[IDS.size()];
      long second = BEGIN;
      for (int generation = 0; generation < generations; generation++) {
        long gap = random.nextInt(10) == 0 ? 11 + random.nextInt(400) : 9 + random.nextInt(3);
        second += gap;
        times.add(second);
        for (int i = 0; i < IDS.size(); i++) {
          uptime[i] = random.nextInt(15) == 0 ? 1 : uptime[i] + gap;
          counter[i] = random.nextInt(15) == 0 ? 0 : counter[i] + random.nextInt(9_000);
          if (i == 0 || random.nextInt(8) != 0) {
            rows.add(row(IDS.get(i), "uptime", second, uptime[i]));
            rows.add(row(IDS.get(i), "net_in", second, counter[i]));
          }
        }
      }
      Collections.shuffle(rows, random);
      return new Past(times, rows);
    }

    private static String row(String id, String metric, long second, long value) {
      return "{\"id\":\"%s\",\"metric\":\"%s\",\"timestamp\":%d,\"type\":\"gauge\",\"value\":%d}"
          .formatted(id, metric, second, value);
    }

    /** As the export answers: everything after its start time. */
    Export read(long start, Export into) throws IOException {
      String body =
          "{\"data\":{\"data\":["
              + String.join(",", rows.stream().filter(row -> second(row) > start).toList())
              + "]}}";
      return into.fill(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static long second(String row) {
      int at = row.indexOf("timestamp") + "timestamp\":".length();
      return Long.parseLong(row.substring(at, row.indexOf(',', at)));
    }
  }

  @Property(tries = 200)
  void slices_giveTheSameRows(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int generations,
      @ForAll @IntRange(min = 10, max = 900) int sliceSeconds)
      throws IOException {
    Past past = Past.of(seed, generations);
    long end = past.times().getLast();
    Set<String> whole = new TreeSet<>();
    Ledger steady = new Ledger();
    long taken = BEGIN;
    for (long second : past.times()) {
      steady
          .take(past.read(taken - 20, new Export(Long.MIN_VALUE, second)), taken, second)
          .forEach(measurement -> whole.add(text(measurement)));
      taken = second;
    }
    Set<String> sliced = new TreeSet<>();
    for (long until = end; until > BEGIN; until -= sliceSeconds) {
      long after = Math.max(BEGIN, until - sliceSeconds);
      long start = after - Measurement.OLDEST_BASELINE.toSeconds();
      Export slice = past.read(start, new Export(after, until));
      for (Measurement measurement : new Ledger().take(slice, after, until)) {
        assertThat(sliced.add(text(measurement))).as("twice: " + measurement).isTrue();
      }
    }
    assertThat(sliced).isEqualTo(whole);
  }

  private static String text(Measurement measurement) {
    return measurement.id()
        + " "
        + measurement.epochSecond()
        + " "
        + measurement.sampleSeconds()
        + " "
        + measurement.rate(Metric.NET_IN)
        + " "
        + measurement.now().number(Metric.UPTIME);
  }
}
