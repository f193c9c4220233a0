package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RrdTest {
  private static final String VM = "/nodes/pve1/qemu/100/rrddata";

  private final Clock clock = new Clock();

  private Asked world(PveVersion version) {
    return CustomWorlds.small(version, clock, TaskPace.REAL);
  }

  private static long step(List<Map<String, Object>> rows) {
    return Asked.number(rows.get(1), "time") - Asked.number(rows.get(0), "time");
  }

  @ParameterizedTest
  @CsvSource({
    "V8_4, hour, 70, 60",
    "V8_4, day, 70, 1800",
    "V8_4, week, 70, 10800",
    "V8_4, month, 70, 43200",
    "V8_4, year, 70, 604800",
    "V9_2, hour, 60, 60",
    "V9_2, day, 1440, 60",
    "V9_2, week, 336, 1800",
    "V9_2, month, 1440, 1800",
    "V9_2, year, 1440, 21600",
    "V9_2, decade, 570, 604800",
  })
  void timeFrames_haveTheStepsOfTheirVersion(
      PveVersion version, String timeframe, int number, long seconds) throws Exception {
    List<Map<String, Object>> rows =
        world(version).rows("/nodes/pve1/rrddata", "timeframe=" + timeframe);
    assertThat(rows).hasSize(number);
    assertThat(step(rows)).isEqualTo(seconds);
    assertThat(rows).allMatch(row -> Asked.number(row, "time") % seconds == 0);
  }

  @Test
  void lastMinute_isAnEmptyRowOnEightAndAbsentOnNine() throws Exception {
    clock.passSeconds(30);
    long now = Asked.START / 1000 + 30;
    Map<String, Object> eight = world(PveVersion.V8_4).rows(VM, "timeframe=hour").getLast();
    assertThat(eight).isEqualTo(Map.of("time", now - 30));
    Map<String, Object> nine = world(PveVersion.V9_2).rows(VM, "timeframe=hour").getLast();
    assertThat(nine).containsEntry("time", now - 90).containsKey("cpu");
  }

  @Test
  void rows_haveTheKeysOfTheirVersion() throws Exception {
    List<Map<String, Object>> eight = world(PveVersion.V8_4).rows(VM, "timeframe=hour");
    assertThat(eight.get(10).keySet())
        .containsExactlyInAnyOrder(
            "time",
            "maxcpu",
            "cpu",
            "maxmem",
            "mem",
            "maxdisk",
            "disk",
            "netin",
            "netout",
            "diskread",
            "diskwrite");
    Asked nine = world(PveVersion.V9_2);
    assertThat(nine.rows(VM, "timeframe=hour").get(10))
        .containsKeys("memhost", "pressurecpusome", "pressurememoryfull");
    assertThat(nine.rows("/nodes/pve1/rrddata", "timeframe=hour").get(10).keySet())
        .containsExactlyInAnyOrder(
            "time",
            "loadavg",
            "maxcpu",
            "cpu",
            "iowait",
            "memtotal",
            "memused",
            "swaptotal",
            "swapused",
            "roottotal",
            "rootused",
            "netin",
            "netout",
            "memavailable",
            "arcsize",
            "pressurecpusome",
            "pressureiosome",
            "pressureiofull",
            "pressurememorysome",
            "pressurememoryfull");
    assertThat(nine.rows("/nodes/pve1/storage/local/rrddata", "timeframe=hour").get(10).keySet())
        .containsExactlyInAnyOrder("time", "total", "used");
  }

  @Test
  void stoppedGuest_hasItsSizeOnly() throws Exception {
    assertThat(
            world(PveVersion.V8_4)
                .rows("/nodes/pve1/lxc/102/rrddata", "timeframe=hour")
                .get(10)
                .keySet())
        .containsExactlyInAnyOrder("time", "maxcpu", "maxmem", "maxdisk", "disk");
  }

  @Test
  void rates_agreeWithTheCounters() throws Exception {
    Asked asked = world(PveVersion.V8_4);
    long from = Asked.number(asked.object("/nodes/pve1/qemu/100/status/current"), "netin");
    clock.passSeconds(60);
    long to = Asked.number(asked.object("/nodes/pve1/qemu/100/status/current"), "netin");
    clock.passSeconds(120);
    Map<String, Object> row =
        asked.rows(VM, "timeframe=hour").stream()
            .filter(r -> Asked.number(r, "time") == Asked.START / 1000 + 60)
            .findFirst()
            .orElseThrow();
    assertThat(Asked.decimal(row, "netin")).isCloseTo((to - from) / 60.0, within(1.0));
  }

  @Test
  void timeBeforeTheBeginning_isUnknown() throws Exception {
    Asked young =
        new Asked(
            ProxmoxWorld.demo(
                WorldSettings.of(PveVersion.V8_4, Asked.nodes(1))
                    .clock(clock)
                    .history(Duration.ofHours(3))
                    .build()));
    List<Map<String, Object>> rows = young.rows("/nodes/pve1/rrddata", "timeframe=day");
    assertThat(rows.getFirst()).containsOnlyKeys("time");
    assertThat(rows.get(rows.size() - 2)).containsKey("cpu");
  }

  @Test
  void maximum_isNotBelowTheAverage() throws Exception {
    Asked asked = world(PveVersion.V8_4);
    double average = Asked.decimal(asked.rows(VM, "timeframe=week").get(60), "cpu");
    double most = Asked.decimal(asked.rows(VM, "timeframe=week", "cf=MAX").get(60), "cpu");
    assertThat(most).isGreaterThan(average);
  }

  @Test
  void missingGuest_hasNoFile() {
    assertThatThrownBy(
            () -> world(PveVersion.V8_4).rows("/nodes/pve1/qemu/4444/rrddata", "timeframe=hour"))
        .hasMessage(
            "RRD error: opening '/var/lib/rrdcached/db/pve2-vm/4444': No such file or directory");
    assertThatThrownBy(
            () -> world(PveVersion.V9_2).rows("/nodes/pve1/qemu/4444/rrddata", "timeframe=hour"))
        .hasMessage(
            "RRD error: opening '/var/lib/rrdcached/db/pve-vm-9.0/4444': No such file or"
                + " directory");
  }
}
