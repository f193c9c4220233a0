package io.muster.e2e.grafana;

import io.muster.cli.local.QuestDbSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long each query of each dashboard takes over one day of 5,000 VMs at 10 s, 43 million
 * samples: warm, over the PostgreSQL wire, the way Grafana asks them when the dashboard is opened
 * at its own range with everything chosen.
 *
 * <p>The system property {@value #FOLDER_PROPERTY} names a folder of 14 GB that is kept: the next
 * run writes only what the day lacks by then.
 */
@Tag("benchmark")
class DashboardBenchmarkIT {
  static final String FOLDER_PROPERTY = "muster.benchmark.folder";

  private static final int WARM_UP = 3;
  private static final int RUNS = 20;

  /** Who has 5,000 VMs gives QuestDB more than the lean settings of a demo. */
  private static final int HEAP_MEGABYTES = 2048;

  /** Of millions of rows an hour, and of hourly views over all of them. */
  private static final Duration SETTLING = Duration.ofMinutes(30);

  /** What Grafana takes on a panel of half a screen: for six hours, and for a week. */
  private static final String SHORT_INTERVAL = "30s";

  private static final String LONG_INTERVAL = "10m";

  private static final Duration A_DAY = Duration.ofHours(25);
  private static final Duration SHOWN = Duration.ofHours(6);

  /**
   * Milliseconds; of several queries the sums.
   *
   * @param cpu what QuestDB computed for one, on all cores: other work on the machine hardly
   *     changes it
   */
  private record Times(double least, double median, double p95, double cpu) {
    static final Times NONE = new Times(0, 0, 0, 0);

    Times plus(Times more) {
      return new Times(least + more.least, median + more.median, p95 + more.p95, cpu + more.cpu);
    }

    void print(String what) {
      System.out.printf("%8.1f %8.1f %8.1f %8.1f  %s%n", least, median, p95, cpu, what);
    }
  }

  @Test
  void everyQuery_over43MillionSamples(@TempDir Path temporary) throws Exception {
    var kept = System.getProperty(FOLDER_PROPERTY);
    var folder = kept == null ? temporary : Files.createDirectories(Path.of(kept));
    var settings = QuestDbSettings.inFolder(folder.resolve("questdb")).withHeap(HEAP_MEGABYTES);
    try (var db = MusterQuestDb.start(folder, settings);
        var seed = Seed.into(db.process(), SETTLING)) {
      var fleet = new LargeFleet(seed);
      var began = System.nanoTime();
      fleet.sow();
      seed.refreshHourly();
      System.out.printf(
          "%s rows of vm_metrics, written in %.0f s; QuestDB with its own settings and a heap of %d"
              + " MB on %d cores; load %.1f%nmilliseconds: least, median, p95 of %d, CPU of one%n",
          db.reader().ask("SELECT count() FROM vm_metrics").rows().getFirst().getFirst(),
          (System.nanoTime() - began) / 1e9,
          HEAP_MEGABYTES,
          Runtime.getRuntime().availableProcessors(),
          load(),
          RUNS);
      for (var dashboard : Provisioned.ofCheckout().dashboards()) {
        fleet.beat();
        measure(db, dashboard);
      }
    }
  }

  /** A query for more than two days answers nothing at the dashboard's own range. */
  private static void measure(MusterQuestDb db, Dashboard dashboard) throws SQLException {
    var chosen = new Choices(db.reader(), dashboard, Range.last(SHOWN)).all();
    var opened = Times.NONE;
    var beyond = Times.NONE;
    for (var query : dashboard.queries()) {
      var times = times(db, query, chosen);
      times.print(query.place());
      if (isLong(DashboardSqlIT.range(query))) {
        beyond = beyond.plus(times);
      } else {
        opened = opened.plus(times);
      }
    }
    beyond.print(dashboard.uid() + ", what it asks only of more than two days");
    opened.print("%s, all of it when it is opened; load %.1f".formatted(dashboard.uid(), load()));
  }

  private static Times times(MusterQuestDb db, Query query, Map<String, List<String>> chosen)
      throws SQLException {
    var millis = new double[RUNS];
    var computed = cpu(db);
    for (var run = -WARM_UP; run < RUNS; run++) {
      var range = DashboardSqlIT.range(query);
      var interval = isLong(range) ? LONG_INTERVAL : SHORT_INTERVAL;
      var sql = Macros.expand(query.sql(), range, interval, chosen);
      var began = System.nanoTime();
      db.reader().ask(sql);
      if (run >= 0) {
        millis[run] = (System.nanoTime() - began) / 1e6;
      }
    }
    var cpu = cpu(db).minus(computed).toMillis() / (double) (WARM_UP + RUNS);
    Arrays.sort(millis);
    return new Times(millis[0], millis[RUNS / 2], millis[(int) (RUNS * 0.95)], cpu);
  }

  private static boolean isLong(Range range) {
    return Duration.between(range.from(), range.to()).compareTo(A_DAY) > 0;
  }

  private static Duration cpu(MusterQuestDb db) {
    return ProcessHandle.of(db.process().process().pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Who else computes on this machine. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
