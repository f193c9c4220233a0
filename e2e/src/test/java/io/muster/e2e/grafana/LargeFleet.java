package io.muster.e2e.grafana;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * 5,000 VMs on 500 nodes of 20 clusters, over one day of samples every 10 s: made by QuestDB
 * itself.
 */
final class LargeFleet {
  static final int VMS = 5_000;
  private static final int NODES = 500;
  private static final int SERVERS = 20;
  private static final int STORAGES = 200;

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration SAMPLE = Duration.ofSeconds(10);
  private static final Duration HEART_BEAT = Duration.ofSeconds(60);

  private static final List<String> TABLES =
      List.of(
          "connection_metrics",
          "server_states",
          "node_metrics",
          "node_states",
          "vm_metrics",
          "vm_states",
          "storage_metrics",
          "events",
          "agent_metrics");

  private final Seed seed;

  LargeFleet(Seed seed) {
    this.seed = seed;
  }

  /**
   * Writes what is missing of the day that ends now, by the hour. Takes minutes and about 10 GB of
   * disk.
   */
  void sow() throws SQLException {
    var end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    var begin =
        Instant.ofEpochSecond(
            Math.max(seed.newest("vm_metrics"), end.minus(A_DAY).getEpochSecond()));
    for (var hour = begin.truncatedTo(ChronoUnit.MINUTES);
        hour.isBefore(end);
        hour = hour.plus(AN_HOUR)) {
      var rest = Duration.between(hour, end);
      write(hour, rest.compareTo(AN_HOUR) < 0 ? rest : AN_HOUR);
    }
    settle();
  }

  /** What is true now is asked of the last minutes. */
  void beat() throws SQLException {
    write(Instant.now().truncatedTo(ChronoUnit.MINUTES), HEART_BEAT);
    settle();
  }

  private void write(Instant begin, Duration length) throws SQLException {
    insert(
        "connection_metrics",
        SERVERS,
        SAMPLE,
        begin,
        length,
        "success, response_time_ms, api_calls, rows_read, breaker, timeout_ms, interval_ms, route, agent",
        "rnd_double() < 0.98, 20 + 60 * rnd_double(), 26, 800, 'closed', 5000, 10000, 'direct', 'agent-1'");
    insert(
        "server_states",
        SERVERS,
        HEART_BEAT,
        begin,
        length,
        "state, interval_ms, version, tags",
        "'active', 10000, '9.2.11', ';prod;'");
    insert(
        "node_metrics",
        NODES,
        SAMPLE,
        begin,
        length,
        "node, sample_seconds, cpu_usage_ratio, cpu_cores, load1, iowait_ratio, memory_used_bytes, memory_total_bytes,"
            + " swap_used_bytes, swap_total_bytes, disk_used_bytes, disk_total_bytes,"
            + " network_receive_bytes_per_second, network_transmit_bytes_per_second, uptime_seconds",
        "concat('node-', k), 10, rnd_double(), 32.0, 8 * rnd_double(), 0.01 * rnd_double(), rnd_long(1, 100, 0) * 1000000000,"
            + " 128000000000, 0, 8000000000, 20000000000, 100000000000, 1e6 * rnd_double(), 1e6 * rnd_double(), 86400");
    insert(
        "node_states",
        NODES,
        HEART_BEAT,
        begin,
        length,
        "node, cluster, status, vms_running, vms_total, version",
        "concat('node-', k), concat('cluster-', k % " + SERVERS + "), 'online', 9, 10, '9.2.11'");
    insert(
        "vm_metrics",
        VMS,
        SAMPLE,
        begin,
        length,
        "vm_id, sample_seconds, cpu_usage_ratio, cpu_cores, memory_used_bytes, memory_total_bytes, memory_source,"
            + " host_memory_bytes, disk_total_bytes, disk_read_bytes_per_second, disk_write_bytes_per_second,"
            + " network_receive_bytes_per_second, network_transmit_bytes_per_second, uptime_seconds",
        "concat('qemu:', 100 + k), 10, rnd_double(), 4.0, rnd_long(1, 16, 0) * 1000000000, 16000000000, 'balloon', 8000000000,"
            + " 64000000000, 1e6 * rnd_double(), 1e6 * rnd_double(), 1e6 * rnd_double(), 1e6 * rnd_double(), 86400");
    insert(
        "vm_states",
        VMS,
        HEART_BEAT,
        begin,
        length,
        "vm_id, cluster, node, vm, vm_group, type, status, tags, template",
        "concat('qemu:', 100 + k), concat('cluster-', k % "
            + SERVERS
            + "), concat('node-', k % "
            + NODES
            + "), concat('vm-', k), 'prod', 'qemu', CASE WHEN k % 10 = 0 THEN 'stopped' ELSE 'running' END, ';prod;', 'no'");
    insert(
        "storage_metrics",
        STORAGES,
        SAMPLE,
        begin,
        length,
        "node, storage, kind, status, used_bytes, total_bytes",
        "concat('node-', k), 'local', 'zfspool', 'available', 500000000000 + rnd_long(1, 100, 0) * 1000000000, 1000000000000");
    insert(
        "events",
        SERVERS,
        HEART_BEAT,
        begin,
        length,
        "event_id, node, vm_id, source, type, severity, state, message",
        "concat('e', x), 'node-1', concat('qemu:', 100 + k), 'task', 'vzdump', CASE WHEN x % 50 = 0 THEN 'error' ELSE 'info' END, 'ok', 'backup'");
    seed.run(
        "INSERT INTO agent_metrics (ts, site, agent, version, servers, rows_written, rows_dropped, rows_quarantined,"
            + " rows_spooled, spool_bytes, poll_lag_ms, write_lag_ms, heap_used_bytes, process_cpu_ratio)"
            + " SELECT dateadd('s', cast(10 * (x - 1) AS INT), cast('%s' AS TIMESTAMP)), 'bench', 'agent-1', '0.1.0', 20, x, 0, 0, 0, 0, 2, 300, 90000000, 0.1 FROM long_sequence(%d)"
                .formatted(begin, length.dividedBy(SAMPLE)));
  }

  /** One row of each thing {@code k} at each step. */
  private void insert(
      String table,
      int things,
      Duration step,
      Instant begin,
      Duration length,
      String columns,
      String values)
      throws SQLException {
    seed.run(
        "INSERT INTO %s (ts, site, provider, server_id, server, %s) SELECT dateadd('s', cast(%d * (x / %d) AS INT), cast('%s' AS TIMESTAMP)), 'bench', 'proxmox', concat('00000000-0000-4000-8000-0000000000', 10 + k %% %d), concat('pve-', k %% %d), %s FROM (SELECT x - 1 AS x, (x - 1) %% %d AS k FROM long_sequence(%d))"
            .formatted(
                table,
                columns,
                step.toSeconds(),
                things,
                begin,
                SERVERS,
                SERVERS,
                values,
                things,
                things * length.dividedBy(step)));
  }

  private void settle() {
    TABLES.forEach(seed::awaitApplied);
  }
}
