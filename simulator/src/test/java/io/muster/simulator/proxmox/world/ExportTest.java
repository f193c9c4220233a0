package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExportTest {
  private final Clock clock = new Clock();

  private static List<Long> times(List<Map<String, Object>> rows) {
    return new ArrayList<>(
        new TreeSet<>(rows.stream().map(row -> Asked.number(row, "timestamp")).toList()));
  }

  private static long count(List<Map<String, Object>> rows, String id) {
    return rows.stream().filter(row -> id.equals(row.get("id"))).count();
  }

  @Test
  void export_hasTheRealRowsOfEachKindOfThing() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);
    asked.world().startGuest(102);
    clock.passSeconds(15);
    List<Map<String, Object>> rows = asked.export("local-only=1");
    assertThat(count(rows, "node/pve1")).isEqualTo(15);
    assertThat(count(rows, "qemu/100")).isEqualTo(10);
    assertThat(count(rows, "qemu/101")).isEqualTo(4);
    assertThat(count(rows, "lxc/102")).isEqualTo(11);
    assertThat(count(rows, "storage/pve1/local")).isEqualTo(2);
    assertThat(times(rows)).hasSize(1);
    assertThat(rows)
        .filteredOn(row -> "derive".equals(row.get("type")))
        .extracting(row -> row.get("metric"))
        .containsOnly("net_in", "net_out", "disk_read", "disk_write");
  }

  @Test
  void history_reachesThirtyMinutesBack() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.REAL);
    List<Long> times = times(asked.export("history=1", "local-only=1"));
    assertThat(times).hasSize(181);
    assertThat(times.getLast() - times.getFirst()).isBetween(1798L, 1802L);
    assertThat(times.getLast()).isBetween(Asked.START / 1000 - 12, Asked.START / 1000);
  }

  @Test
  void history_givesOnlyWhatIsNewerThanTheStartTime() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.REAL);
    List<Long> all = times(asked.export("history=1", "local-only=1"));
    long watermark = all.get(all.size() - 6);
    assertThat(times(asked.export("history=1", "local-only=1", "start-time=" + watermark)))
        .isEqualTo(all.subList(all.size() - 5, all.size()));
    assertThat(asked.export("local-only=1", "start-time=" + all.getLast())).isEmpty();
  }

  @Test
  void pollingWithAWatermark_losesNoGeneration() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.REAL);
    long watermark = times(asked.export("local-only=1")).getLast();
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      clock.passSeconds(10);
      List<Long> fresh =
          times(asked.export("history=1", "local-only=1", "start-time=" + watermark));
      seen.addAll(fresh);
      watermark = fresh.isEmpty() ? watermark : fresh.getLast();
    }
    List<Long> all = times(asked.export("history=1", "local-only=1"));
    assertThat(seen).isEqualTo(all.subList(all.size() - seen.size(), all.size()));
    assertThat(seen).hasSizeBetween(59, 61);
  }

  @Test
  void eachNode_measuresAtTimesOfItsOwn() throws Exception {
    Asked asked = CustomWorlds.demo(PveVersion.V9_2, clock, 8, 8);
    assertThat(times(asked.export())).hasSizeGreaterThan(3);
    assertThat(asked.export("local-only=1", "entry=pve3"))
        .anyMatch(row -> "node/pve3".equals(row.get("id")))
        .noneMatch(row -> "node/pve1".equals(row.get("id")));
    assertThat(asked.export("node-list=pve2,pve4"))
        .extracting(row -> row.get("id"))
        .contains("node/pve2", "node/pve4")
        .doesNotContain("node/pve1");
    assertThatThrownBy(() -> asked.export("node-list=nosuch"))
        .hasMessage("no such cluster node 'nosuch'");
  }

  @Test
  void counters_riseWhileAGuestRunsAndRestartAtZero() throws Exception {
    Asked asked = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.REAL);
    NavigableMap<Long, Long> before = netIn(asked, "qemu/100");
    assertThat(List.copyOf(before.values())).isSorted().doesNotHaveDuplicates();
    asked.world().stopGuest(100);
    clock.passSeconds(60);
    asked.world().startGuest(100);
    clock.passSeconds(60);
    NavigableMap<Long, Long> after = netIn(asked, "qemu/100");
    assertThat(after.lastEntry().getValue()).isPositive().isLessThan(before.lastEntry().getValue());
    assertThat(after).containsAllEntriesOf(before.tailMap(after.firstKey()));
    long stopped = Asked.START / 1000;
    assertThat(after.subMap(stopped, stopped + 60)).isEmpty();
  }

  @Test
  void migration_restartsTheCountersOnTheOtherNode() throws Exception {
    Asked asked = CustomWorlds.demo(PveVersion.V9_2, clock, 2, 0);
    asked.world().addGuest(GuestSettings.vm(500, "pve1", true, Map.of("name", "mover")));
    clock.passSeconds(600);
    long before = netIn(asked, "qemu/500").lastEntry().getValue();
    asked.world().moveGuest(500, "pve2");
    clock.passSeconds(30);
    assertThat(asked.resource("qemu/500")).containsEntry("node", "pve2");
    assertThat(Asked.number(asked.resource("qemu/500"), "netin")).isPositive().isLessThan(before);
    assertThat(times(asked.export("local-only=1", "history=1", "entry=pve2"))).isNotEmpty();
    assertThat(asked.export("local-only=1", "entry=pve1"))
        .noneMatch(row -> "qemu/500".equals(row.get("id")));
    assertThat(asked.export("local-only=1", "history=1", "entry=pve1"))
        .anyMatch(row -> "qemu/500".equals(row.get("id")));
  }

  @Test
  void samplePeriod_canBeCompressed() throws Exception {
    Asked asked =
        new Asked(
            ProxmoxWorld.demo(
                WorldSettings.of(PveVersion.V9_2, Asked.nodes(1))
                    .clock(clock)
                    .samplePeriod(Duration.ofSeconds(1))
                    .build()));
    long now = Asked.START / 1000;
    assertThat(times(asked.export("local-only=1", "history=1", "start-time=" + (now - 20))))
        .hasSizeBetween(19, 21);
  }

  private static NavigableMap<Long, Long> netIn(Asked asked, String id) throws Exception {
    NavigableMap<Long, Long> values = new TreeMap<>();
    for (Map<String, Object> row : asked.export("history=1")) {
      if (id.equals(row.get("id")) && "net_in".equals(row.get("metric"))) {
        values.put(Asked.number(row, "timestamp"), Asked.number(row, "value"));
      }
    }
    return values;
  }
}
