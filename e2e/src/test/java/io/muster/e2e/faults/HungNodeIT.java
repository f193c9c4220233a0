package io.muster.e2e.faults;

import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Ten minutes of hanging, at the period of life. */
@Tag("benchmark")
class HungNodeIT {
  private static final int TEN_MINUTES = 60;

  @TempDir(cleanup = ON_SUCCESS)
  Path folder;

  @Case
  void nodeHungForTenMinutesAtTheRealPeriod() throws Exception {
    var plan = Site.Plan.of("node hung for 10 real minutes", folder).period(Duration.ofSeconds(10));
    try (var site = Site.start(plan)) {
      var watch = site.watch();
      var fault = site.cluster().fault("hung", "node=pve2");
      site.letPass(TEN_MINUTES);
      site.cluster().heal(fault);
      site.letPass(3);
      watch.verdict().holds();
    }
  }
}
