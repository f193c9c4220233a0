package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the {@code …_now} views call true now. */
class NowViewsTest {
  private static final TestQuestDb DB = TestQuestDb.shared();
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final Origin origin = Rows.origin();
  private final Instant now = Rows.now();
  private final List<Row<?>> rows = new ArrayList<>();

  @Test
  void vmNow_joinsTheNewestStateWithTheNewestSample() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    vm(now.minusSeconds(20), "qemu:101", VmStatus.STOPPED);
    vm(now, "qemu:101", VmStatus.RUNNING);
    vmSample(now.minusSeconds(10), "qemu:101", 0.25);
    vmSample(now, "qemu:101", 0.5);
    DB.write(rows);
    Map<String, JsonNode> row = DB.row(select("vm_now"));
    assertThat(row.get("status")).hasToString("\"running\"");
    assertThat(row.get("cpu_usage_ratio")).hasToString("0.5");
  }

  @Test
  void vmNow_showsAVmWithoutSamples_withNulls() {
    vm(now, "qemu:101", VmStatus.STOPPED);
    DB.write(rows);
    assertThat(DB.row(select("vm_now")).get("cpu_usage_ratio")).hasToString("null");
  }

  @Test
  void vmNow_leavesOutWhatWasNotSeenForThreeHeartbeats() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    vm(now.minusSeconds(185), "qemu:101", VmStatus.RUNNING);
    vm(now.minusSeconds(120), "qemu:102", VmStatus.RUNNING);
    DB.write(rows);
    assertThat(DB.rows(select("vm_now")))
        .extracting(row -> row.get("vm_id"))
        .singleElement()
        .hasToString("\"qemu:102\"");
  }

  @Test
  void vmNow_looksBackThreeIntervals_ofAServerThatIsPolledSeldom() {
    server(now.minusSeconds(300), Lifecycle.ACTIVE, Duration.ofMinutes(5));
    vm(now.minusSeconds(850), "qemu:101", VmStatus.RUNNING);
    vmSample(now.minusSeconds(850), "qemu:101", 0.5);
    vm(now.minusSeconds(950), "qemu:102", VmStatus.RUNNING);
    DB.write(rows);
    Map<String, JsonNode> row = DB.row(select("vm_now"));
    assertThat(row.get("vm_id")).hasToString("\"qemu:101\"");
    assertThat(row.get("cpu_usage_ratio")).hasToString("0.5");
  }

  @Test
  void nowViews_showNoOldSample_becauseAnotherServerIsPolledSeldom() {
    Origin seldom = Rows.origin();
    rows.add(
        new Row<>(
            Tables.SERVER_STATES,
            seldom,
            now,
            Rows.server(Lifecycle.ACTIVE, Duration.ofMinutes(5))));
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    vm(now, "qemu:101", VmStatus.RUNNING);
    vmSample(now.minusSeconds(400), "qemu:101", 0.5);
    node(now, "pve-1", NodeStatus.ONLINE);
    nodeSample(Rows.node(now.minusSeconds(400), "pve-1", 0.5, 1L, null));
    DB.write(rows);
    assertThat(DB.row(select("vm_now")).get("cpu_usage_ratio")).hasToString("null");
    assertThat(DB.row(select("node_now")).get("cpu_usage_ratio")).hasToString("null");
  }

  @Test
  void nowViews_leaveOutWhatWasRemoved() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    vm(now.minusSeconds(10), "qemu:101", VmStatus.RUNNING);
    vm(now, "qemu:101", VmStatus.REMOVED);
    node(now.minusSeconds(10), "pve-1", NodeStatus.ONLINE);
    node(now, "pve-1", NodeStatus.REMOVED);
    DB.write(rows);
    assertThat(DB.rows(select("vm_now"))).isEmpty();
    assertThat(DB.rows(select("node_now"))).isEmpty();
  }

  @Test
  void nowViews_leaveOutWhatADisabledServerHad_butShowTheServer() {
    server(now, Lifecycle.DISABLED, TEN_SECONDS);
    vm(now, "qemu:101", VmStatus.RUNNING);
    node(now, "pve-1", NodeStatus.ONLINE);
    DB.write(rows);
    assertThat(DB.rows(select("vm_now"))).isEmpty();
    assertThat(DB.rows(select("node_now"))).isEmpty();
    assertThat(DB.row(select("server_now")).get("status")).hasToString("\"disabled\"");
  }

  @Test
  void nodeNow_showsCpuAndPressure_thoughNoRowHasBoth() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    node(now, "pve-1", NodeStatus.ONLINE);
    nodeSample(Rows.node(now.minusSeconds(10), "pve-1", 0.25, 1_000L, null));
    nodeSample(Rows.node(now.minusSeconds(240).minusMillis(1), "pve-1", null, null, 0.125));
    nodeSample(Rows.node(now.minusSeconds(5).minusMillis(1), "pve-1", null, null, 0.75));
    nodeSample(Rows.node(now.minusSeconds(20), "pve-1", 0.9, 2_000L, null));
    DB.write(rows);
    Map<String, JsonNode> row = DB.row(select("node_now"));
    assertThat(row.get("cpu_usage_ratio")).hasToString("0.25");
    assertThat(row.get("memory_used_bytes")).hasToString("1000");
    assertThat(row.get("pressure_cpu_ratio")).hasToString("0.75");
  }

  @Test
  void nodeNow_doesNotHideOldPressureBehindNewCpu_norShowsItForEver() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    node(now, "pve-1", NodeStatus.ONLINE);
    node(now, "pve-2", NodeStatus.ONLINE);
    nodeSample(Rows.node(now, "pve-1", 0.25, 1_000L, null));
    nodeSample(Rows.node(now.minusSeconds(300), "pve-1", null, null, 0.5));
    nodeSample(Rows.node(now, "pve-2", 0.25, 1_000L, null));
    nodeSample(Rows.node(now.minusSeconds(660), "pve-2", null, null, 0.5));
    DB.write(rows);
    assertThat(DB.rows(select("node_now") + " ORDER BY node"))
        .extracting(row -> String.valueOf(row.get("pressure_cpu_ratio")))
        .containsExactly("0.5", "null");
  }

  @Test
  void serverNow_saysUp_withTheAgeOfTheLastAttempt() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    attempt(now.minusSeconds(40), Failure.TLS);
    attempt(now.minusSeconds(30), null);
    DB.write(rows);
    Map<String, JsonNode> row = DB.row(select("server_now"));
    assertThat(row.get("status")).hasToString("\"up\"");
    assertThat(row.get("failure")).hasToString("null");
    assertThat(row.get("breaker")).hasToString("\"closed\"");
    assertThat(String.valueOf(row.get("age_seconds")))
        .satisfies(age -> assertThat(Long.parseLong(age)).isBetween(30L, 90L));
  }

  @Test
  void serverNow_saysDown_withTheFailure() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    attempt(now.minusSeconds(20), null);
    attempt(now.minusSeconds(10), Failure.UNAUTHORIZED);
    DB.write(rows);
    Map<String, JsonNode> row = DB.row(select("server_now"));
    assertThat(row.get("status")).hasToString("\"down\"");
    assertThat(row.get("failure")).hasToString("\"UNAUTHORIZED\"");
  }

  @Test
  void serverNow_saysUnknown_beforeTheFirstAttempt() {
    server(now, Lifecycle.ACTIVE, TEN_SECONDS);
    DB.write(rows);
    assertThat(DB.row(select("server_now")).get("status")).hasToString("\"unknown\"");
  }

  @Test
  void serverNow_leavesOutRemovedAndSilentServers() {
    server(now.minusSeconds(10), Lifecycle.ACTIVE, TEN_SECONDS);
    server(now, Lifecycle.REMOVED, TEN_SECONDS);
    Origin silent = Rows.origin();
    rows.add(
        new Row<>(
            Tables.SERVER_STATES,
            silent,
            now.minusSeconds(200),
            Rows.server(Lifecycle.ACTIVE, TEN_SECONDS)));
    DB.write(rows);
    assertThat(DB.rows(select("server_now"))).isEmpty();
    assertThat(DB.rows("SELECT * FROM server_now WHERE server_id = '" + silent.serverId() + "'"))
        .isEmpty();
  }

  private String select(String view) {
    return "SELECT * FROM " + view + " WHERE server_id = '" + origin.serverId() + "'";
  }

  private void server(Instant ts, Lifecycle lifecycle, Duration interval) {
    rows.add(new Row<>(Tables.SERVER_STATES, origin, ts, Rows.server(lifecycle, interval)));
  }

  private void vm(Instant ts, String vmId, VmStatus status) {
    VmState state = Rows.vm(vmId, status);
    rows.add(new Row<>(Tables.VM_STATES, origin, ts, state));
  }

  private void node(Instant ts, String node, NodeStatus status) {
    NodeState state = Rows.node(node, status);
    rows.add(new Row<>(Tables.NODE_STATES, origin, ts, state));
  }

  private void vmSample(Instant ts, String vmId, double cpu) {
    VmSample sample = Rows.vm(ts, vmId, 10, cpu, null);
    rows.add(new Row<>(Tables.VM_METRICS, origin, ts, sample));
  }

  private void nodeSample(NodeSample sample) {
    rows.add(new Row<>(Tables.NODE_METRICS, origin, sample.ts(), sample));
  }

  private void attempt(Instant ts, @Nullable Failure failure) {
    rows.add(
        new Row<>(
            Tables.CONNECTION_METRICS,
            origin,
            ts,
            new Tables.AttemptRow("agent-1", Rows.attempt(ts, failure))));
  }
}
