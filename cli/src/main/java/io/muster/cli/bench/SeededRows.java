package io.muster.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.QuestDbProcess;
import io.muster.cli.local.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Rows as agents write them, of servers that nobody polls: a fleet now, and a month of it. */
final class SeededRows {
  static final int SERVERS = 20;
  static final int VMS_OF_SERVER = 250;
  static final int VMS = SERVERS * VMS_OF_SERVER;

  /** Those of the first server have samples of all days. */
  static final int VMS_WITH_HISTORY = 10;

  static final int DAYS = 30;
  static final int FIRST_VM = 100;

  private static final int INTERVAL_SECONDS = 10;
  private static final int ROWS_OF_DAYS =
      (int) Duration.ofDays(DAYS).toSeconds() / INTERVAL_SECONDS;

  /** The hourly views follow once a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final QuestDbProcess questDb;
  private final List<String> servers;

  /**
   * @param servers their ids
   */
  SeededRows(QuestDbProcess questDb, List<String> servers) {
    this.questDb = questDb;
    this.servers = List.copyOf(servers);
  }

  /** Blocks until the hourly views have it all. */
  void past() throws IOException {
    for (var server = 0; server < SERVERS; server++) {
      attempts(server);
    }
    for (var vm = 0; vm < VMS_WITH_HISTORY; vm++) {
      insertSamples(
          0,
          "dateadd('s', -%d * cast(%d - x AS INT), now())"
              .formatted(INTERVAL_SECONDS, ROWS_OF_DAYS),
          "'qemu:%d'".formatted(FIRST_VM + vm),
          ROWS_OF_DAYS);
    }
    awaitHours("connection_hourly", SERVERS);
    awaitHours("vm_hourly", VMS_WITH_HISTORY);
  }

  /** What the agents see at this moment. */
  void now() throws IOException {
    for (var server = 0; server < SERVERS; server++) {
      execute(
          "INSERT INTO server_states (ts, site, provider, server_id, server, state, interval_ms)"
              + " VALUES (now(), 'bench', 'proxmox', '%s', '%s', 'active', %d)"
                  .formatted(servers.get(server), name(server), INTERVAL_SECONDS * 1000));
      execute(
          """
          INSERT INTO vm_states (ts, site, provider, server_id, server, vm_id, cluster, node, vm, vm_group, type, status, tags, template)
          SELECT now(), 'bench', 'proxmox', '%s', '%s', concat('qemu:', %3$d + x - 1), '%2$s', concat('node-', x %% 8),
            concat('web-', %3$d + x - 1), concat('team-', x %% 12), 'qemu', CASE WHEN x %% 9 = 0 THEN 'stopped' ELSE 'running' END,
            ';prod;web;', 'no' FROM long_sequence(%4$d)\
          """
              .formatted(servers.get(server), name(server), FIRST_VM, VMS_OF_SERVER));
      insertSamples(
          server, "now()", "concat('qemu:', %d + x - 1)".formatted(FIRST_VM), VMS_OF_SERVER);
    }
  }

  private void attempts(int server) throws IOException {
    execute(
        """
        INSERT INTO connection_metrics (ts, site, provider, server_id, server, agent, success, response_time_ms, api_calls, rows_read)
        SELECT dateadd('s', -%d * cast(%d - x AS INT), now()), 'bench', 'proxmox', '%s', '%s', 'bench', x %% 500 != 0,
          CASE WHEN x %% 500 = 0 THEN null ELSE 5 + rnd_double() * 20 END, 6, 180 FROM long_sequence(%2$d)\
        """
            .formatted(INTERVAL_SECONDS, ROWS_OF_DAYS, servers.get(server), name(server)));
  }

  private void insertSamples(int server, String time, String vm, int rows) throws IOException {
    execute(
        """
        INSERT INTO vm_metrics (ts, site, provider, server_id, server, vm_id, sample_seconds, cpu_usage_ratio, cpu_cores, memory_used_bytes,
          memory_total_bytes, memory_source, host_memory_bytes, disk_read_bytes_per_second, disk_write_bytes_per_second,
          network_receive_bytes_per_second, network_transmit_bytes_per_second, uptime_seconds)
        SELECT %s, 'bench', 'proxmox', '%s', '%s', %s, %d, rnd_double(), 4.0, rnd_long(1000000000, 4000000000, 0), 4294967296, 'host',
          rnd_long(1000000000, 4000000000, 0), rnd_double() * 1e6, rnd_double() * 1e6, rnd_double() * 1e6, rnd_double() * 1e6,
          86400 + x FROM long_sequence(%d)\
        """
            .formatted(time, servers.get(server), name(server), vm, INTERVAL_SECONDS, rows));
  }

  private void awaitHours(String view, int series) {
    var hours = Duration.ofDays(DAYS).toHours() * series;
    Readiness.await(
        questDb.process(),
        PATIENCE,
        "%s has not the hours of %d days".formatted(view, DAYS),
        () -> count(view) >= hours);
  }

  private long count(String view) {
    try {
      return new ObjectMapper()
          .readTree(questDb.execute("SELECT count() FROM " + view))
          .path("dataset")
          .path(0)
          .path(0)
          .asLong();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static String name(int server) {
    return "pve-%03d".formatted(server);
  }

  private void execute(String sql) throws IOException {
    questDb.execute(sql);
  }
}
