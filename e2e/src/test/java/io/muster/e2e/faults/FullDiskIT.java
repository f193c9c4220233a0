package io.muster.e2e.faults;

import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A disk that is really full costs no sample, as long as there is another place for it. */
@Tag("mount")
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {
  /** QuestDB takes some room ahead for each column: some hundred MB. */
  private static final int QUESTDB_MEGABYTES = 1_000;

  @TempDir(cleanup = ON_SUCCESS)
  Path folder;

  @Case
  void questDbsDiskIsFull() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), QUESTDB_MEGABYTES);
        var site =
            Site.start(
                Site.Plan.of("QuestDB's disk full", folder)
                    .questDbIn(disk.folder().resolve("questdb")))) {
      var watch = site.watch();
      disk.fill();
      site.letPass(20);
      disk.empty();
      site.resumeSuspendedTables();
      site.letPass(3);
      watch.verdict().holds();
    }
  }
}
