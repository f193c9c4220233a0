package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.grafana.Seed.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboards about servers, nodes and agents answer, on rows that are known. */
@TestInstance(Lifecycle.PER_CLASS)
class FleetDashboardsIT {
  private static final Server WELL = Server.of("here", "proxmox", "well");
  private static final Server DOWN = Server.of("here", "proxmox", "down");
  private static final Server SLOW = Server.of("here", "openstack", "slow");
  private static final Server SILENT = Server.of("there", "proxmox", "silent");
  private static final Server DISABLED = Server.of("here", "proxmox", "disabled");
  private static final Server REMOVED = Server.of("here", "proxmox", "removed");

  private static final String TILES = "Every server, the sick ones first";
  private static final long GIB = 1L << 30;

  private final MusterQuestDb questDb;
  private final Seed seed;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  FleetDashboardsIT(@TempDir Path folder) throws Exception {
    questDb = MusterQuestDb.start(folder);
    seed = questDb.seed();
    var hourAgo = start.minus(Duration.ofHours(1));
    state(SILENT, "active", hourAgo);
    attempt(SILENT, null, hourAgo);
    attempt(SILENT, null, hourAgo.minus(Duration.ofHours(3)));
    state(DISABLED, "disabled", start);
    attempt(DISABLED, null, hourAgo);
    state(REMOVED, "removed", start);
    attempt(DOWN, null, start.minusSeconds(40));
    attempt(DOWN, null, start.minusSeconds(30));
    attempt(DOWN, "TLS", start.minusSeconds(20));
    // Restarted between the second and the third report.
    agentReport(start.minusSeconds(30), 5);
    agentReport(start.minusSeconds(20), 12);
    agentReport(start.minusSeconds(10), 3);
    agentReport(hourAgo, 0).set("agent", "agent-0").set("spool_bytes", 777_000_000);
    node("nearly-full", "online", 0.2, start);
    node("away", "offline", null, start);
    seed.settle();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    questDb.close();
  }

  /** States age while tests run. */
  @BeforeEach
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var server : List.of(WELL, DOWN, SLOW)) {
      state(server, "active", now);
    }
    state(DISABLED, "disabled", now);
    attempt(WELL, null, now);
    attempt(DOWN, "UNREACHABLE", now);
    attempt(SLOW, null, now.minusSeconds(50));
    node("nearly-full", "online", 0.2, now);
    node("away", "offline", null, now);
    seed.row("node_states", WELL, now).set("node", "unmeasured").set("status", "online");
    seed.row("node_metrics", WELL, now)
        .set("node", "unmeasured")
        .set("cpu_usage_ratio", 0.1)
        .set("memory_total_bytes", 64 * GIB);
    seed.settle();
  }

  @Test
  void tiles_beginWithWhatIsDownOrUnknown_andForgetWhatWasRemoved() throws SQLException {
    var tiles = panel("muster-fleet", TILES).ask();
    assertThat(tiles.cells("server")).containsExactly("down", "silent", "slow", "well", "disabled");
    assertThat(tiles.cells("status")).containsExactly("down", "unknown", "up", "up", "disabled");
    assertThat(tiles.cells("age").get(1)).matches("6\\d min");
  }

  @Test
  void serverOfASilentAgent_canStillBeChosen() throws SQLException {
    var chosen = panel("muster-fleet", TILES).with("server", SILENT.id()).ask();
    assertThat(chosen.cells("server")).containsExactly("silent");
    var offered = choices("muster-fleet");
    assertThat(offered.get("server"))
        .contains(SILENT.id(), DISABLED.id())
        .doesNotContain(REMOVED.id());
    assertThat(offered.get("site")).containsExactlyInAnyOrder("here", "there");
  }

  @Test
  void lastPoll_isOfTheServerThatIsMostBehindItsOwnInterval() throws SQLException {
    var poll = panel("muster-fleet", "Last poll");
    assertThat(number(poll.ask(), "value")).isBetween(3600.0, 4500.0);
    // Fifty seconds are within the interval of a cloud, which is polled once a minute.
    var slow = poll.with("server", SLOW.id()).ask();
    assertThat(number(slow, "max")).isEqualTo(540.0);
    assertThat(number(slow, "value") / number(slow, "max")).isLessThan(1 / 3.0);
    assertThat(poll.with("server", DISABLED.id()).ask().rows()).isEmpty();
  }

  @Test
  void countsOfServers_addUp() throws SQLException {
    var counts = panel("muster-fleet", "Servers").ask();
    assertThat(counts.cells("up")).containsExactly("2");
    assertThat(counts.cells("down")).containsExactly("1");
    assertThat(counts.cells("unknown")).containsExactly("1");
    assertThat(counts.cells("disabled")).containsExactly("1");
    assertThat(counts.cells("maintenance")).containsExactly("0");
  }

  @Test
  void successRate_isOfPolls_andFailuresAreNamed() throws SQLException {
    var fixed = new Range(start.minusSeconds(45), start.minusSeconds(15));
    var rate = panel("muster-connections", "Success rate").with("server", DOWN.id()).over(fixed);
    assertThat(number(rate.ask(), "success")).isEqualTo(2 / 3.0);
    var kinds =
        panel("muster-connections", "Failed polls by kind, by the hour")
            .with("server", DOWN.id())
            .over(fixed)
            .ask();
    assertThat(kinds.cells("metric")).containsExactly("TLS");
    assertThat(kinds.cells("failures")).containsExactly("1");
  }

  @Test
  void hoursWithoutAPoll_areAGapInTheHistory() throws SQLException {
    var history =
        panel("muster-connections", "Success rate and response time by the hour")
            .with("server", SILENT.id())
            .ask();
    assertThat(history.cells("success rate")).containsExactly("1.0", null, null, "1.0");
    assertThat(history.cells("response time")).containsExactly("40.0", null, null, "40.0");
  }

  @Test
  void breakers_areCountedOfServersThatAreTried() throws SQLException {
    var breakers = panel("muster-connections", "Breakers not closed");
    assertThat(number(breakers.ask(), "breakers")).isEqualTo(1);
    assertThat(number(breakers.with("server", DISABLED.id()).ask(), "breakers")).isZero();
  }

  @Test
  void connections_listTheWorstServerFirst_withItsNewestFailure() throws SQLException {
    var table =
        panel("muster-connections", "Every chosen server over 24 hours, the worst first").ask();
    assertThat(table.cells("server").getFirst()).isEqualTo("down");
    assertThat(table.cells("failure").getFirst()).isEqualTo("UNREACHABLE");
    assertThat(table.cells("server")).doesNotContain("removed");
  }

  @Test
  void rowsOfTheirOwn_areForSixServersAtMost() throws SQLException {
    assertThat(choices("muster-connections").get("few")).hasSize(5).contains(DOWN.id());
    for (var i = 0; i < 7; i++) {
      state(Server.of("crowd", "proxmox", "crowd-" + i), "disabled", Instant.now());
    }
    seed.settle();
    try {
      assertThat(choices("muster-connections").get("few")).containsExactly("none");
    } finally {
      for (var i = 0; i < 7; i++) {
        state(Server.of("crowd", "proxmox", "crowd-" + i), "removed", Instant.now());
      }
      seed.settle();
    }
  }

  @Test
  void nodes_beginWithWhatIsAway_andLeaveTheZfsCacheOut() throws SQLException {
    var table =
        panel("muster-nodes", "Every chosen node now, the sick ones first")
            .with("server", WELL.id())
            .ask();
    assertThat(table.cells("node")).containsExactly("away", "nearly-full", "unmeasured");
    assertThat(table.cells("cpu")).containsExactly(null, "0.2", "0.1");
    // 60 of 64 GiB are used, 28 of them by the cache.
    assertThat(table.cells("memory")).containsExactly(null, "0.5", null);
  }

  @Test
  void whatNobodyMeasures_isNotZero() throws SQLException {
    assertThat(panel("muster-nodes", "Highest pressure").ask().cells("worst"))
        .containsExactly((String) null);
    assertThat(
            panel("muster-nodes", "Highest memory").with("node", "unmeasured").ask().cells("worst"))
        .containsExactly((String) null);
  }

  @Test
  void spoolOfAnAgentThatIsGone_isNotTheSpoolNow() throws SQLException {
    assertThat(panel("muster-agents", "Largest spool").ask().cells("worst"))
        .doesNotContain("777000000");
  }

  @Test
  void rowsDropped_areCountedOverARestartOfTheAgent() throws SQLException {
    var dropped = panel("muster-agents", "Rows dropped").ask();
    assertThat(number(dropped, "rows_dropped")).isEqualTo(7 + 3);
    assertThat(panel("muster-agents", "Agents").ask().cells("reporting")).hasSize(1);
  }

  private Panel panel(String uid, String title) {
    return new Panel(questDb.reader(), dashboard(uid), title, hours(), Map.of());
  }

  private Map<String, List<String>> choices(String uid) throws SQLException {
    return new Choices(questDb.reader(), dashboard(uid), hours()).all();
  }

  private static Dashboard dashboard(String uid) {
    return Provisioned.ofCheckout().dashboard(uid);
  }

  private static Range hours() {
    return Range.last(Duration.ofHours(6));
  }

  private static double number(Answer answer, String column) {
    return Double.parseDouble(Objects.requireNonNull(answer.cells(column).getFirst()));
  }

  private void state(Server server, String state, Instant ts) {
    seed.row("server_states", server, ts)
        .set("state", state)
        .set("interval_ms", server.equals(SLOW) ? 60_000 : 10_000);
  }

  private void attempt(Server server, @Nullable String failure, Instant ts) {
    seed.row("connection_metrics", server, ts)
        .set("agent", "agent-1")
        .set("success", failure == null)
        .set("failure", failure)
        .set("breaker", failure == null ? "closed" : "open")
        .set("response_time_ms", failure == null ? 40.0 : null);
  }

  private void node(String name, String status, @Nullable Double cpu, Instant ts) {
    seed.row("node_states", WELL, ts).set("node", name).set("status", status);
    if (cpu != null) {
      seed.row("node_metrics", WELL, ts)
          .set("node", name)
          .set("cpu_usage_ratio", cpu)
          .set("memory_used_bytes", 60 * GIB)
          .set("memory_total_bytes", 64 * GIB);
      seed.row("node_metrics", WELL, ts.minusMillis(1))
          .set("node", name)
          .set("zfs_arc_bytes", 28 * GIB);
    }
  }

  private Seed.Row agentReport(Instant ts, int dropped) {
    return seed.row("agent_metrics", ts)
        .set("site", "here")
        .set("agent", "agent-1")
        .set("rows_dropped", dropped);
  }
}
