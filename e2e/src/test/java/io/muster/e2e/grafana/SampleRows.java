package io.muster.e2e.grafana;

import io.muster.e2e.grafana.SampleFleet.Node;
import io.muster.e2e.grafana.SampleFleet.Store;
import io.muster.e2e.grafana.SampleFleet.Vm;
import io.muster.e2e.grafana.Seed.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that an agent would write about the things of {@link SampleFleet}. */
record SampleRows(Seed seed) {
  private static final long GIB = 1L << 30;

  void attempt(Server server, Instant ts, @Nullable String failure) {
    seed.row("connection_metrics", server, ts)
        .set("agent", agentOf(server.site()))
        .set("success", failure == null)
        .set("response_time_ms", isSilent(failure) ? null : 40 + 10 * wave(ts))
        .set("api_calls", 4)
        .set("rows_read", failure == null ? 30 : 0)
        .set("failure", failure)
        .set("error_message", failure == null ? null : "Cannot list nodes of " + server.name())
        .set("breaker", isSilent(failure) ? "open" : "closed")
        .set("timeout_ms", 2_500)
        .set("interval_ms", SampleFleet.INTERVAL.toMillis())
        .set("route", "direct")
        .set("nodes_online", 2)
        .set("nodes_total", 3)
        .set("clock_skew_ms", 12);
  }

  void node(Node node, Instant ts) {
    var memory = 64 * GIB;
    seed.row("node_metrics", node.server(), ts)
        .set("node", node.name())
        .set("sample_seconds", 10)
        .set("cpu_usage_ratio", node.load())
        .set("cpu_cores", 16.0)
        .set("load1", 16 * node.load())
        .set("load5", 15 * node.load())
        .set("load15", 14 * node.load())
        .set("iowait_ratio", 0.02 + 0.01 * wave(ts))
        .set("memory_used_bytes", (long) (memory * node.load()))
        .set("memory_total_bytes", memory)
        .set("swap_used_bytes", GIB / 4)
        .set("swap_total_bytes", 8 * GIB)
        .set("disk_used_bytes", (long) (100 * GIB * node.load()))
        .set("disk_total_bytes", 100 * GIB)
        .set("network_receive_bytes_per_second", 2e6 + 1e6 * wave(ts))
        .set("network_transmit_bytes_per_second", 1e6)
        .set("uptime_seconds", 86_400 * 30L);
    seed.row("node_metrics", node.server(), ts.minusMillis(1))
        .set("node", node.name())
        .set("sample_seconds", 60)
        .set("pressure_cpu_ratio", 0.1 * node.load())
        .set("pressure_memory_ratio", 0.0)
        .set("pressure_io_ratio", 0.2 * node.load())
        .set("zfs_arc_bytes", 4 * GIB);
  }

  void vm(Vm vm, Instant ts) {
    var memory = 8 * GIB;
    seed.row("vm_metrics", vm.server(), ts)
        .set("vm_id", vm.id())
        .set("sample_seconds", 10)
        .set("cpu_usage_ratio", vm.load())
        .set("cpu_cores", 4.0)
        .set("memory_used_bytes", (long) (memory * vm.load()))
        .set("memory_total_bytes", memory)
        .set("memory_source", "host")
        .set("host_memory_bytes", memory)
        .set("disk_used_bytes", (long) (50 * GIB * vm.load()))
        .set("disk_total_bytes", 50 * GIB)
        .set("disk_read_bytes_per_second", 1e5)
        .set("disk_write_bytes_per_second", 2e5 * (1 + wave(ts)))
        .set("network_receive_bytes_per_second", 3e5)
        .set("network_transmit_bytes_per_second", 1e5)
        .set("uptime_seconds", 86_400 * 3L);
  }

  void storage(Store store, Instant ts) {
    var total = 500 * GIB;
    var answers = store.status().equals("available");
    seed.row("storage_metrics", store.server(), ts)
        .set("node", store.node())
        .set("storage", store.name())
        .set("kind", store.kind())
        .set("status", store.status())
        .set("total_bytes", answers ? total : null)
        .set("used_bytes", answers ? (long) (total * (store.full() - daysAgo(ts) * 0.01)) : null);
  }

  void agent(String site, Instant ts) {
    var count = ts.getEpochSecond() / 10;
    seed.row("agent_metrics", ts)
        .set("site", site)
        .set("agent", agentOf(site))
        .set("version", "0.1.0")
        .set("servers", 3)
        .set("rows_written", count * 40)
        .set("rows_dropped", 0)
        .set("rows_quarantined", 0)
        .set("rows_spooled", 1_200)
        .set("spool_bytes", 0)
        .set("poll_lag_ms", 2.5)
        .set("write_lag_ms", 300.0)
        .set("heap_used_bytes", GIB / 20)
        .set("process_cpu_ratio", 0.01);
  }

  void server(Server server, Instant ts, String state) {
    seed.row("server_states", server, ts)
        .set("state", state)
        .set("interval_ms", SampleFleet.INTERVAL.toMillis())
        .set("version", "9.2.11")
        .set("endpoint", "https://192.0.2.1:8006")
        .set("token_expires_at", ts.plus(Duration.ofDays(10)))
        .set("certificate_expires_at", ts.plus(Duration.ofDays(90)))
        .set("certificate_sha256", "AB:CD")
        .set("missing_privileges", server.equals(SampleFleet.QUOTED) ? ";Sys.Audit on /;" : "")
        .set("tags", ";prod;");
  }

  void cluster(Server server, Instant ts) {
    seed.row("cluster_metrics", server, ts)
        .set("cluster", server.name())
        .set("quorate", 1)
        .set("nodes_expected", 3)
        .set("nodes_online", 2)
        .set("ha_errors", 0)
        .set("ceph_health", "HEALTH_OK")
        .set("updates_pending", 4);
  }

  void nodeState(Node node, Instant ts) {
    seed.row("node_states", node.server(), ts)
        .set("node", node.name())
        .set("cluster", node.server().name())
        .set("status", node.status())
        .set("status_detail", node.status())
        .set("conditions", "")
        .set("vms_running", 2)
        .set("vms_total", 3)
        .set("version", "9.2.11")
        .set("kernel", "6.14.11")
        .set("cpu_model", "EPYC")
        .set("addresses", ";192.0.2.1;")
        .set("roles", "")
        .set("labels", "");
  }

  void vmState(Vm vm, Instant ts) {
    seed.row("vm_states", vm.server(), ts)
        .set("vm_id", vm.id())
        .set("cluster", vm.server().name())
        .set("node", vm.node())
        .set("vm", vm.name())
        .set("vm_group", "shop")
        .set("type", vm.type())
        .set("status", vm.status())
        .set("status_detail", vm.status())
        .set("locked_by", vm.id().equals("lxc:101") ? "backup" : null)
        .set("tags", ";prod;")
        .set("template", "no")
        .set("last_backup_at", ts.minus(Duration.ofHours(20)));
  }

  void events(List<Server> servers, Instant now) {
    var severities = List.of("info", "warning", "error");
    for (var i = 0; i < 30; i++) {
      var ts = now.minus(Duration.ofMinutes(11L * i + 1));
      var severity = severities.get(i % 3);
      seed.row("events", servers.get(i % 2), ts)
          .set("event_id", "UPID:" + i)
          .set("node", i % 2 == 0 ? "pve1" : "pve'1")
          .set("vm_id", i % 2 == 0 ? "qemu:100" : "qemu:102")
          .set("source", "task")
          .set("type", i % 2 == 0 ? "vzdump" : "qmstart")
          .set("user", "root@pam")
          .set("severity", severity)
          .set("state", severity.equals("error") ? "failed" : "ok")
          .set("count", 1)
          .set("message", "Task " + i + " isn't what it was")
          .set("ended_at", ts.plusSeconds(40));
    }
  }

  void thresholds(Instant ts) {
    for (var rule : List.of("node-cpu", "node-memory", "storage-full")) {
      seed.row("alert_thresholds", ts)
          .set("rule", rule)
          .set("server_id", null)
          .set("tag", null)
          .set("limit_value", 0.9)
          .set("enabled", 1);
    }
  }

  private static String agentOf(String site) {
    return "agent-of-" + site;
  }

  private static boolean isSilent(@Nullable String failure) {
    return "UNREACHABLE".equals(failure);
  }

  private static double wave(Instant ts) {
    return Math.sin(ts.getEpochSecond() / 900.0);
  }

  private static double daysAgo(Instant ts) {
    return Duration.between(ts, Instant.now()).toSeconds() / 86_400.0;
  }
}
