package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeLossTest {
  private final Clock clock = new Clock();
  private final Asked asked = CustomWorlds.demo(PveVersion.V9_2, clock, 3, 0);

  NodeLossTest() {
    asked.world().addGuest(GuestSettings.vm(100, "pve2", true, Map.of("name", "lost")));
    asked.world().addGuest(GuestSettings.vm(101, "pve1", true, Map.of("name", "kept")));
    clock.passSeconds(60);
  }

  @Test
  void lostNode_isOfflineAtOnceAndWithoutValues() throws Exception {
    asked.world().stopNode("pve2");
    assertThat(asked.world().nodeUp("pve2")).isFalse();
    assertThat(asked.resource("node/pve2"))
        .containsEntry("status", "offline")
        .doesNotContainKeys("cpu", "mem", "uptime");
    assertThat(asked.rows("/cluster/status"))
        .filteredOn(row -> "pve2".equals(row.get("name")))
        .allSatisfy(row -> assertThat(row).containsEntry("online", 0));
  }

  @Test
  void guestsOfALostNode_standStillAndThenAreUnknown() throws Exception {
    asked.world().stopNode("pve2");
    Map<String, Object> last = asked.resource("qemu/100");
    assertThat(last).containsEntry("status", "running");
    clock.passSeconds(270);
    assertThat(asked.resource("qemu/100")).isEqualTo(last);
    clock.passSeconds(60);
    assertThat(asked.resource("qemu/100"))
        .isEqualTo(
            Map.of(
                "id",
                "qemu/100",
                "type",
                "qemu",
                "node",
                "pve2",
                "vmid",
                100,
                "status",
                "unknown"));
    assertThat(asked.resource("storage/pve2/nas")).containsEntry("status", "unknown");
  }

  @Test
  void otherNodes_goOnUntouched() throws Exception {
    asked.world().stopNode("pve2");
    long before = Asked.number(asked.resource("qemu/101"), "netin");
    clock.passSeconds(400);
    assertThat(Asked.number(asked.resource("qemu/101"), "netin")).isGreaterThan(before);
    assertThat(asked.export()).noneMatch(row -> "node/pve2".equals(row.get("id")));
  }

  @Test
  void nodeThatComesBack_startsWithUptimeZeroAndSoDoItsGuests() throws Exception {
    asked.world().stopNode("pve2");
    clock.passSeconds(600);
    asked.world().startNode("pve2");
    assertThat(asked.world().nodeUp("pve2")).isFalse();
    clock.passSeconds(31);
    assertThat(asked.world().nodeUp("pve2")).isTrue();
    assertThat(Asked.number(asked.object("/nodes/pve2/status"), "uptime")).isEqualTo(1);
    clock.passSeconds(30);
    assertThat(asked.resource("node/pve2")).containsEntry("status", "online");
    assertThat(asked.resource("qemu/100")).containsEntry("status", "running");
    assertThat(Asked.number(asked.resource("qemu/100"), "uptime")).isLessThan(30);
    assertThat(asked.export("history=1", "local-only=1", "entry=pve2"))
        .allMatch(row -> Asked.number(row, "timestamp") > Asked.START / 1000 + 600);
  }

  @Test
  void workersOfALostNode_endUnexpectedly() throws Exception {
    String upid = asked.begin("POST", "/nodes/pve2/qemu/100/snapshot", "snapname=s1");
    asked.world().stopNode("pve2");
    asked.world().startNode("pve2");
    clock.passSeconds(60);
    assertThat(asked.task(upid)).containsEntry("exitstatus", "unexpected status");
    assertThat(asked.resource("qemu/100")).doesNotContainKey("lock");
  }

  @Test
  void withoutQuorum_nothingCanBeStarted() {
    asked.world().stopNode("pve2");
    asked.world().stopNode("pve3");
    assertThatThrownBy(() -> asked.call("POST", "/nodes/pve1/qemu/101/status/start"))
        .hasMessage("cluster not ready - no quorum?");
  }

  @Test
  void deletedGuest_isGoneAtOnce() throws Exception {
    asked.world().deleteGuest(101);
    assertThat(asked.rows("/cluster/resources")).noneMatch(row -> "qemu/101".equals(row.get("id")));
  }
}
