package io.muster.e2e.faults;

import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose clocks are wrong. What they measured is not read afterwards, so these cases are not
 * compressed, and run after those that keep the machine busy.
 */
@Order(Integer.MAX_VALUE)
class ClocksIT {
  /** Slow enough to see each sample twice, and to let the first poll of a busy machine end. */
  private static final Duration PERIOD = Duration.ofSeconds(20);

  private static final int INTERVAL_SECONDS = 8;

  @TempDir(cleanup = ON_SUCCESS)
  Path folder;

  @Case
  void fiveMinutesOff() throws Exception {
    set("clocks 5 minutes off", 305, 2);
  }

  /** Samples of the future are still offered when their time comes and the clock is right again. */
  @Case
  void aMinuteOff_untilTheFutureHasCome() throws Exception {
    set("clocks a minute off", 65, 5);
  }

  /**
   * @param seconds no multiple of the period, so that no two samples get one name
   */
  private void set(String name, int seconds, int generationsAfter) throws Exception {
    var plan = Site.Plan.of(name, folder).pace(PERIOD, INTERVAL_SECONDS);
    try (var site = Site.start(plan)) {
      var watch = site.watch();
      var ahead = site.cluster().fault("skew", "node=pve2", "offset=" + seconds);
      var behind = site.cluster().fault("skew", "node=pve3", "offset=" + -seconds);
      site.letPass(3);
      site.cluster().heal(ahead);
      site.cluster().heal(behind);
      site.letPass(generationsAfter);
      watch.verdictOfSkewed(PERIOD.toSeconds() + INTERVAL_SECONDS).holdsButForValues();
    }
  }
}
