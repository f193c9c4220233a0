package io.muster.e2e.grafana;

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
 */
@Tag("benchmark")
class DashboardBenchmarkIT {
  private static final int WARM_UP = 3;
  private static final int RUNS = 20;

  /** Of millions of rows an hour, and of hourly views over all of them. */
  private static final Duration SETTLING = Duration.ofMinutes(30);

  /** What Grafana takes on a panel of half a screen: for six hours, and for a week. */
  private static final String SHORT_INTERVAL = "30s";

  private static final String LONG_INTERVAL = "10m";

  private static final Duration A_DAY = Duration.ofHours(25);
  private static final Duration SHOWN = Duration.ofHours(6);

  @Test
  void everyQuery_over43MillionSamples(@TempDir Path folder) throws Exception {
    try (var db = MusterQuestDb.start(folder);
        var seed = Seed.into(db.process(), SETTLING)) {
      var fleet = new LargeFleet(seed);
      var began = System.nanoTime();
      fleet.sow();
      seed.refreshHourly();
      System.out.printf(
          "%s rows of vm_metrics, written in %.0f s%n",
          db.reader().ask("SELECT count() FROM vm_metrics").rows().getFirst().getFirst(),
          (System.nanoTime() - began) / 1e9);
      for (var dashboard : Provisioned.ofCheckout().dashboards()) {
        fleet.beat();
        measure(db, dashboard);
      }
    }
  }

  private static void measure(MusterQuestDb db, Dashboard dashboard) throws SQLException {
    var chosen = new Choices(db.reader(), dashboard, Range.last(SHOWN)).all();
    var medians = 0.0;
    var slow = 0.0;
    for (var query : dashboard.queries()) {
      var millis = millis(db, query, chosen);
      var median = millis.get(millis.size() / 2);
      var p95 = millis.get((int) (millis.size() * 0.95));
      System.out.printf("%8.1f %8.1f ms  %s%n", median, p95, query.place());
      medians += median;
      slow += p95;
    }
    System.out.printf("%8.1f %8.1f ms  %s, all of it%n", medians, slow, dashboard.uid());
  }

  private static List<Double> millis(
      MusterQuestDb db, Query query, Map<String, List<String>> chosen) throws SQLException {
    var millis = new double[RUNS];
    for (var run = -WARM_UP; run < RUNS; run++) {
      var range = DashboardSqlIT.range(query);
      var isLong = Duration.between(range.from(), range.to()).compareTo(A_DAY) > 0;
      var interval = isLong ? LONG_INTERVAL : SHORT_INTERVAL;
      var sql = Macros.expand(query.sql(), range, interval, chosen);
      var began = System.nanoTime();
      db.reader().ask(sql);
      if (run >= 0) {
        millis[run] = (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(millis);
    return Arrays.stream(millis).boxed().toList();
  }
}
