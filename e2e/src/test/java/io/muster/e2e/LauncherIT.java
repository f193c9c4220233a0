package io.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does when something goes wrong. */
class LauncherIT {
  /** QuestDB, three simulators, the control API and the agent. */
  private static final int DEMO_PROGRAMS = 6;

  private static final Duration END = Duration.ofSeconds(30);
  private static final Duration ROWS = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void takenPorts_areNamedWithTheirOwnerAndOthersAreTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var demo =
            Launcher.start(
                "demo", "e2e-port", "--questdb-port", String.valueOf(taken.getLocalPort()))) {
      demo.awaitStarted();
      assertThat(demo.text())
          .contains(
              "Port %d is taken by process %d (java)"
                  .formatted(taken.getLocalPort(), ProcessHandle.current().pid()));
      assertThat(demo.endpoints().path("questdbHttp").asText())
          .doesNotEndWith(":" + taken.getLocalPort());
    }
  }

  @Test
  void deathOfOneProgram_isToldAndEndsTheOthers() throws Exception {
    try (var demo = Launcher.start("demo", "e2e-death").awaitStarted()) {
      var programs = demo.programs();
      demo.program("muster-simulator.jar proxmox").destroyForcibly();
      assertThat(demo.awaitExit()).isEqualTo(1);
      assertThat(demo.text()).contains("the simulator (process").contains("exit code 137");
      assertThat(programs).hasSize(DEMO_PROGRAMS).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void demosOfTwoCheckouts_doNotDisturbEachOther() throws Exception {
    var elsewhere = Launcher.anotherCheckout(folder);
    try (var here = Launcher.start("demo", "e2e-two").awaitStarted();
        var there = Launcher.startIn(elsewhere, "demo", "e2e-two").awaitStarted()) {
      assertThat(there.stateFolder()).startsWith(folder);
      var mine = here.endpoints();
      var theirs = there.endpoints();
      for (var own :
          List.of("questdbHttp", "questdbPg", "questdbPassword", "agent", "control", "simulator")) {
        assertThat(theirs.path(own)).as(own).isNotEqualTo(mine.path(own));
      }

      here.terminate();
      assertThat(here.awaitExit()).isEqualTo(128 + 15);

      assertThat(there.programs()).hasSize(DEMO_PROGRAMS).allMatch(ProcessHandle::isAlive);
      try (var rows = Sql.connect(there.endpoints())) {
        Wait.until(
            ROWS,
            () -> "the other demo goes on; it says:\n" + there.text(),
            () ->
                rows.rows(
                            "SELECT * FROM node_now WHERE provider = 'proxmox' AND status = 'online' AND sample_ts IS NOT NULL")
                        .size()
                    == 3);
        assertThat(rows.rows("SELECT * FROM connection_metrics WHERE NOT success")).isEmpty();
      }
    }
  }

  @Test
  void leftoversOfAKilledLauncher_areEndedByTheNext() throws Exception {
    try (var killed = Launcher.start("demo", "e2e-killed").awaitStarted()) {
      var leftovers = killed.programs();
      killed.handle().destroyForcibly();
      killed.awaitExit();
      assertThat(leftovers).hasSize(DEMO_PROGRAMS).allMatch(ProcessHandle::isAlive);
      try (var next = Launcher.start("demo", "e2e-killed").awaitStarted()) {
        assertThat(leftovers).noneMatch(ProcessHandle::isAlive);
        assertThat(next.text()).contains("left behind by an earlier start");
      }
    }
  }

  @Test
  void up_showsEveryMistakeOfTheInventoryPlainly() throws Exception {
    var inventory = folder.resolve("servers.json");
    Files.writeString(inventory, "{\"servers\":[{\"name\":\"pve\",\"provider\":\"proxmox\"}]}");
    try (var up = Launcher.start("up", "e2e-up", "--config", inventory.toString())) {
      assertThat(up.awaitExit()).isEqualTo(1);
      assertThat(up.text()).contains("tokenId").contains("tokenSecret").doesNotContain("\tat ");
      Wait.until(END, () -> "its programs are gone", () -> up.programs().isEmpty());
    }
  }
}
