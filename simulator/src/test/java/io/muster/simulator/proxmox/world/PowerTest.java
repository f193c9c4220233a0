package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PowerTest {
  private static final String VM = "/nodes/pve1/qemu/100/";
  private static final String LOCKED = "/nodes/pve1/qemu/101/";
  private static final String CT = "/nodes/pve1/lxc/102/";

  private final Clock clock = new Clock();
  private final Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);

  private String exitOf(String method, String path, String... parameters) throws Exception {
    String upid = asked.begin(method, path, parameters);
    clock.passSeconds(120);
    return String.valueOf(asked.task(upid).get("exitstatus"));
  }

  @Test
  void startOfARunningVm_isAcceptedAndFailsInTheTask() throws Exception {
    assertThat(exitOf("POST", VM + "status/start")).isEqualTo("VM 100 already running");
  }

  @Test
  void startOfALockedOrMissingVm_failsInTheTask() throws Exception {
    assertThat(exitOf("POST", LOCKED + "status/start")).isEqualTo("VM is locked (backup)");
    assertThat(exitOf("POST", "/nodes/pve1/qemu/200/status/start"))
        .isEqualTo("Configuration file 'nodes/pve1/qemu-server/200.conf' does not exist");
    assertThat(exitOf("POST", "/nodes/pve1/qemu/98765/status/start"))
        .isEqualTo("Configuration file 'nodes/pve1/qemu-server/98765.conf' does not exist");
  }

  @Test
  void stopAndShutdownOfAStoppedVm_areFine() throws Exception {
    assertThat(exitOf("POST", VM + "status/stop")).isEqualTo("OK");
    assertThat(exitOf("POST", VM + "status/stop")).isEqualTo("OK");
    assertThat(exitOf("POST", VM + "status/shutdown")).isEqualTo("OK");
    Map<String, Object> status = asked.object(VM + "status/current");
    assertThat(status).containsEntry("status", "stopped").containsEntry("qmpstatus", "stopped");
    assertThat(status).doesNotContainKeys("pid", "diskread");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "reboot", "suspend", "resume"})
  void stoppedVm_refusesAtOnceWhatNeedsAProcess(String verb) throws Exception {
    asked.world().stopGuest(100);
    assertThatThrownBy(() -> asked.call("POST", VM + "status/" + verb))
        .hasMessage("VM 100 not running");
  }

  @Test
  void pausedVm_countsAsRunningAndRefusesToShutDown() throws Exception {
    assertThat(exitOf("POST", VM + "status/suspend")).isEqualTo("OK");
    assertThat(asked.object(VM + "status/current"))
        .containsEntry("status", "running")
        .containsEntry("qmpstatus", "paused");
    assertThat(asked.resource("qemu/100")).containsEntry("status", "paused");
    long frozen = Asked.number(asked.resource("qemu/100"), "netin");
    clock.passSeconds(60);
    assertThat(Asked.number(asked.resource("qemu/100"), "netin")).isEqualTo(frozen);
    assertThatThrownBy(() -> asked.call("POST", VM + "status/shutdown"))
        .hasMessage("VM is paused - cannot shutdown");
    assertThat(exitOf("POST", VM + "status/resume")).isEqualTo("OK");
    clock.passSeconds(60);
    assertThat(Asked.number(asked.resource("qemu/100"), "netin")).isGreaterThan(frozen);
  }

  @Test
  void deafVm_outlastsTheShutdownsTimeOut() throws Exception {
    Asked deaf =
        new Asked(
            ProxmoxWorld.custom(
                    WorldSettings.of(PveVersion.V8_4, Asked.nodes(1)).clock(clock).build())
                .guest(
                    GuestSettings.vm(100, "pve1", true, Map.of("agent", "1")).ignoringPowerButton())
                .build());
    String upid = deaf.begin("POST", VM + "status/shutdown", "timeout=3");
    clock.passSeconds(2);
    assertThat(deaf.task(upid)).containsEntry("status", "running");
    clock.passSeconds(2);
    assertThat(deaf.task(upid))
        .containsEntry("exitstatus", "VM quit/powerdown failed - got timeout");
    assertThat(deaf.rows("/nodes/pve1/tasks/" + upid + "/log"))
        .extracting(line -> line.get("t"))
        .containsExactly(
            "QEMU Guest Agent is not running - VM 100 qmp command 'guest-ping' failed"
                + " - got timeout",
            "TASK ERROR: VM quit/powerdown failed - got timeout");
  }

  @Test
  void reboot_isANewProcessAndResetIsNot() throws Exception {
    long uptime = Asked.number(asked.object(VM + "status/current"), "uptime");
    assertThat(exitOf("POST", VM + "status/reset")).isEqualTo("OK");
    assertThat(Asked.number(asked.object(VM + "status/current"), "uptime")).isEqualTo(uptime + 120);
    assertThat(exitOf("POST", VM + "status/reboot")).isEqualTo("OK");
    assertThat(Asked.number(asked.object(VM + "status/current"), "uptime")).isLessThan(120);
  }

  @Test
  void container_isRefusedAtOnce() throws Exception {
    for (String verb : List.of("stop", "shutdown", "reboot", "suspend")) {
      assertThatThrownBy(() -> asked.call("POST", CT + "status/" + verb))
          .hasMessage("CT 102 not running");
    }
    assertThat(exitOf("POST", CT + "status/start")).isEqualTo("OK");
    assertThatThrownBy(() -> asked.call("POST", CT + "status/start"))
        .hasMessage("CT 102 already running");
    assertThat(asked.world().handlers())
        .doesNotContainKey("POST /nodes/{node}/lxc/{vmid}/status/reset");
  }

  @Test
  void highlyAvailableVm_storesTheWishAndIsStartedLater() throws Exception {
    Asked ha =
        new Asked(
            ProxmoxWorld.custom(
                    WorldSettings.of(PveVersion.V9_2, Asked.nodes(1)).clock(clock).build())
                .guest(GuestSettings.vm(100, "pve1", false, Map.of("name", "ha")))
                .also(c -> Objects.requireNonNull(c.guest(100)).haState("stopped"))
                .build());
    String upid = ha.begin("POST", VM + "status/start");
    assertThat(upid).contains(":hastart:100:");
    clock.passSeconds(2);
    assertThat(ha.task(upid)).containsEntry("exitstatus", "OK");
    assertThat(ha.object(VM + "status/current")).containsEntry("status", "stopped");
    clock.passSeconds(20);
    assertThat(ha.object(VM + "status/current")).containsEntry("status", "running");
    assertThat(ha.rows("/cluster/tasks")).extracting(row -> row.get("type")).contains("qmstart");
  }

  @Test
  void vmOnAnotherNode_hasNoConfigurationHere() {
    assertThatThrownBy(() -> asked.call("GET", "/nodes/pve1/qemu/200/status/current"))
        .hasMessage("Configuration file 'nodes/pve1/qemu-server/200.conf' does not exist");
  }
}
