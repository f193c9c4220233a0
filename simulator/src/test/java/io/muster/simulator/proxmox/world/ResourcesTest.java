package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
  private final Clock clock = new Clock();

  @Test
  void resources_haveTheRealKeysOfARunningVm() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    Map<String, Object> row = asked.resource("qemu/100");
    assertThat(row.keySet())
        .containsExactlyInAnyOrder(
            "status",
            "template",
            "node",
            "uptime",
            "diskwrite",
            "type",
            "mem",
            "disk",
            "name",
            "diskread",
            "id",
            "cpu",
            "tags",
            "maxcpu",
            "maxmem",
            "netout",
            "vmid",
            "maxdisk",
            "netin");
    assertThat(row)
        .containsEntry("status", "running")
        .containsEntry("template", 0)
        .containsEntry("disk", 0L)
        .containsEntry("maxmem", 128L << 20)
        .containsEntry("maxdisk", 1L << 30)
        .containsEntry("tags", "prod;shop");
  }

  @Test
  void resources_haveHostMemoryOnNineOnly() throws Exception {
    Asked nine = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.REAL);
    assertThat(Asked.number(nine.resource("qemu/100"), "memhost")).isPositive();
    assertThat(nine.rows("/cluster/resources")).anyMatch(row -> "network".equals(row.get("type")));
    Asked eight = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    assertThat(eight.resource("qemu/100")).doesNotContainKey("memhost");
    assertThat(eight.rows("/cluster/resources")).anyMatch(row -> "sdn".equals(row.get("type")));
  }

  @Test
  void resources_showAStoppedLockedGuestWithZeros() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    assertThat(asked.resource("qemu/101"))
        .containsEntry("status", "stopped")
        .containsEntry("lock", "backup")
        .containsEntry("uptime", 0L)
        .containsEntry("maxdisk", 0L)
        .doesNotContainKey("tags");
  }

  @Test
  void resources_knowNothingOfAGuestOnANodeThatIsNoMember() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    assertThat(asked.resource("qemu/200"))
        .isEqualTo(
            Map.of(
                "type",
                "qemu",
                "id",
                "qemu/200",
                "status",
                "unknown",
                "node",
                "pve2",
                "vmid",
                200));
    assertThat(asked.rows("/cluster/resources", "type=node"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("id", "node/pve1"));
  }

  @Test
  void resources_repeatTheirValuesUntilTheNodeMeasuresAgain() throws Exception {
    Asked asked = CustomWorlds.demo(PveVersion.V9_2, clock, 1, 5);
    List<Map<String, Object>> first = asked.rows("/cluster/resources", "type=vm");
    int changes = 0;
    for (int second = 1; second <= 30; second++) {
      clock.passSeconds(1);
      List<Map<String, Object>> next = asked.rows("/cluster/resources", "type=vm");
      changes += next.equals(first) ? 0 : 1;
      first = next;
    }
    assertThat(changes).isBetween(2, 4);
  }

  @Test
  void resources_leaveOutWhatTheCallerMayNotSee() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    Set<String> denied =
        Set.of("VM.Audit", "Sys.Audit", "Datastore.Audit", "Pool.Audit", "SDN.Audit");
    assertThat(asked.callWithout(denied, "GET", "/cluster/resources"))
        .isEqualTo(
            List.of(
                Map.of(
                    "type",
                    "node",
                    "node",
                    "pve1",
                    "status",
                    "online",
                    "level",
                    "",
                    "cgroup-mode",
                    1,
                    "id",
                    "node/pve1")));
  }

  @Test
  void nodes_haveTheirFingerprintAndNoCgroupMode() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    assertThat(asked.rows("/nodes"))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("ssl_fingerprint", "AA:01")
                .doesNotContainKey("cgroup-mode"));
  }

  @Test
  void sameSeed_givesTheSameAnswers() throws Exception {
    Asked one = CustomWorlds.demo(PveVersion.V9_2, clock, 3, 40);
    Asked other = CustomWorlds.demo(PveVersion.V9_2, clock, 3, 40);
    clock.passSeconds(3_600);
    assertThat(one.rows("/cluster/resources")).isEqualTo(other.rows("/cluster/resources"));
    assertThat(one.export("history=1")).isEqualTo(other.export("history=1"));
  }

  @Test
  void demo_hasEveryKindOfThing() throws Exception {
    Asked asked = CustomWorlds.demo(PveVersion.V9_2, clock, 3, 120);
    List<Map<String, Object>> rows = asked.rows("/cluster/resources");
    assertThat(rows.stream().map(row -> row.get("type")))
        .contains("qemu", "lxc", "node", "storage", "pool", "network");
    assertThat(rows)
        .anyMatch(row -> "running".equals(row.get("status")))
        .anyMatch(row -> "stopped".equals(row.get("status")))
        .anyMatch(row -> Integer.valueOf(1).equals(row.get("template")))
        .anyMatch(row -> Integer.valueOf(1).equals(row.get("shared")))
        .anyMatch(row -> row.containsKey("hastate"))
        .anyMatch(row -> "qemu".equals(row.get("type")) && !row.containsKey("name"));
  }
}
