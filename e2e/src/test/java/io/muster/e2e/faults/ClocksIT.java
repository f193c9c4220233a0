package io.muster.e2e.faults;

import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose clocks are wrong. What they measured is not read afterwards, so these cases run with
 * the period of life and apart from those that keep the machine busy.
 */
class ClocksIT {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  @TempDir(cleanup = ON_SUCCESS)
  Path folder;

  @Case
  void fiveMinutesOff() throws Exception {
    set("clocks 5 minutes off", 305, 3);
  }

  /** Samples of the future are still offered when their time comes and the clock is right again. */
  @Case
  void aMinuteOff_untilTheFutureHasCome() throws Exception {
    set("clocks a minute off", 65, 7);
  }

  /**
   * @param seconds no multiple of the period, so that no two samples get one name
   */
  private void set(String name, int seconds, int generationsAfter) throws Exception {
    var plan = Site.Plan.of(name, folder).period(PERIOD);
    try (var site = Site.start(plan)) {
      var watch = site.watch();
      var ahead = site.cluster().fault("skew", "node=pve2", "offset=" + seconds);
      var behind = site.cluster().fault("skew", "node=pve3", "offset=" + -seconds);
      site.letPass(4);
      site.cluster().heal(ahead);
      site.cluster().heal(behind);
      site.letPass(generationsAfter);
      watch.verdictOfSkewed(PERIOD.toSeconds() + plan.intervalSeconds()).holds();
    }
  }
}
