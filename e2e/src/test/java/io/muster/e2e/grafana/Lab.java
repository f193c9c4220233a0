package io.muster.e2e.grafana;

import io.muster.e2e.grafana.Seed.Row;
import io.muster.e2e.grafana.Seed.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are well but for one thing, whose measure is chosen: for each rule the rows by which
 * its view measures that number.
 *
 * @param now when all this is so
 * @param differences what stands in a server's states, by its id, other than in those of a server
 *     that is well
 * @param vmDifferences the same of its VM
 */
record Lab(
    Seed seed,
    Instant now,
    Map<String, Map<String, Object>> differences,
    Map<String, Map<String, Object>> vmDifferences) {
  private static final long GIB = 1L << 30;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Of pods that were in trouble the rules speak for half an hour. */
  private static final Duration A_WHILE = Duration.ofMinutes(20);

  static final String CRASHING = "CrashLoopBackOff";

  /** Writes rows about a server by which a rule measures {@code value}. */
  interface Knob {
    void turn(Lab lab, Server server, double value);
  }

  /** One of each rule that judges servers and what they have. */
  static Map<String, Knob> knobs() {
    var knobs = new TreeMap<String, Knob>();
    knobs.put("server-unreachable", Lab::unanswered);
    knobs.put("success-rate", Lab::succeeding);
    knobs.put(
        "poll-slow",
        (lab, server, percent) ->
            lab.attempt(server, lab.now, true)
                .set("response_time_ms", percent / 100 * INTERVAL.toMillis()));
    knobs.put(
        "clock-skew",
        (lab, server, seconds) ->
            lab.attempt(server, lab.now, true).set("clock_skew_ms", (long) (-1000 * seconds)));
    knobs.put(
        "token-expires",
        (lab, server, days) ->
            lab.state(server, lab.now).set("token_expires_at", lab.inDays(days)));
    knobs.put(
        "certificate-expires",
        (lab, server, days) ->
            lab.state(server, lab.now).set("certificate_expires_at", lab.inDays(days)));
    knobs.put("privileges-shrank", Lab::lacking);
    knobs.put("cluster-quorum", Lab::withoutQuorum);
    knobs.put("node-offline", Lab::offline);
    knobs.put(
        "node-cpu",
        (lab, server, percent) -> lab.node(server).set("cpu_usage_ratio", percent / 100));
    knobs.put("node-memory", Lab::nodeMemory);
    knobs.put(
        "node-disk",
        (lab, server, percent) ->
            lab.node(server)
                .set("disk_used_bytes", (long) (percent * GIB))
                .set("disk_total_bytes", 100 * GIB));
    knobs.put(
        "vm-cpu",
        (lab, server, percent) ->
            lab.vm(server).set("sample_seconds", 1800).set("cpu_usage_ratio", percent / 100));
    knobs.put(
        "vm-memory",
        (lab, server, percent) ->
            lab.vm(server)
                .set("memory_used_bytes", (long) (percent * GIB))
                .set("memory_total_bytes", 100 * GIB)
                .set("memory_source", "cgroup"));
    knobs.put(
        "vm-disk",
        (lab, server, percent) ->
            lab.vm(server)
                .set("disk_used_bytes", (long) (percent * GIB))
                .set("disk_total_bytes", 100 * GIB));
    knobs.put("vm-stopped", Lab::stopped);
    knobs.put("node-condition", Lab::condition);
    knobs.put("deployment-replicas", Lab::replicas);
    knobs.put("pod-crash-loop", Lab::crashLoop);
    knobs.put("pod-start-failed", Lab::startFailed);
    knobs.put("pod-pending", Lab::pending);
    knobs.put(
        "instance-error", (lab, server, seconds) -> lab.unwell(server, seconds, "failed", "ERROR"));
    knobs.put(
        "instance-stuck",
        (lab, server, seconds) -> lab.unwell(server, seconds, "pending", "BUILD (spawning)"));
    knobs.put("quota-used", Lab::quota);
    knobs.put("storage-used", Lab::storage);
    knobs.put("storage-full-soon", Lab::fillingStorage);
    knobs.put("backup-failed", Lab::failedBackups);
    knobs.put(
        "backup-old",
        (lab, server, days) ->
            lab.vmState(server, lab.now, "running").set("last_backup_at", lab.inDays(-days)));
    return knobs;
  }

  /** Knobs that write the server's attempts themselves. */
  private static final Set<String> OF_ATTEMPTS =
      Set.of("server-unreachable", "success-rate", "poll-slow", "clock-skew");

  /** A server that is polled and is well, but for what the rule measures. */
  void server(Server server, String rule, double value) {
    if (!rule.equals("privileges-shrank")) {
      state(server, now.minusSeconds(20));
    }
    if (!OF_ATTEMPTS.contains(rule)) {
      attempt(server, now, true);
    }
    Objects.requireNonNull(knobs().get(rule), rule).turn(this, server, value);
  }

  /** The server's heart-beat. */
  Row state(Server server, Instant ts) {
    var row =
        seed.row("server_states", server, ts)
            .set("state", "active")
            .set("interval_ms", INTERVAL.toMillis())
            .set("missing_privileges", "")
            .set("tags", "");
    differences.getOrDefault(server.id(), Map.of()).forEach(row::set);
    return row;
  }

  Row attempt(Server server, Instant ts, boolean success) {
    return seed.row("connection_metrics", server, ts)
        .set("agent", "agent")
        .set("success", success)
        .set("response_time_ms", 50.0)
        .set("interval_ms", INTERVAL.toMillis());
  }

  Row vmState(Server server, Instant ts, String status) {
    var row =
        seed.row("vm_states", server, ts)
            .set("vm_id", "qemu:100")
            .set("vm", "it's web")
            .set("node", "pve1")
            .set("type", "qemu")
            .set("status", status)
            .set("tags", "")
            .set("template", "no");
    vmDifferences.getOrDefault(server.id(), Map.of()).forEach(row::set);
    return row;
  }

  void agent(String site, Instant ts, Map<String, Long> counters) {
    var row =
        seed.row("agent_metrics", ts)
            .set("site", site)
            .set("agent", "agent")
            .set("rows_dropped", 0)
            .set("rows_quarantined", 0)
            .set("spool_bytes", 0);
    counters.forEach(row::set);
  }

  void limit(
      String rule,
      @Nullable Server server,
      @Nullable String tag,
      double limit,
      boolean enabled,
      Instant setAt) {
    seed.row("alert_thresholds", setAt)
        .set("rule", rule)
        .set("server_id", server == null ? null : server.id())
        .set("tag", tag)
        .set("limit_value", limit)
        .set("enabled", enabled ? 1 : 0);
  }

  private void stopped(Server server, double seconds) {
    vmState(server, now.minus(Duration.ofMinutes(65)), "running");
    if (seconds > 0) {
      vmState(server, ago(seconds), "running");
    }
    vmState(server, now, seconds > 0 ? "stopped" : "running");
  }

  private void unanswered(Server server, double seconds) {
    attempt(server, ago(seconds), true);
    if (seconds > 0) {
      attempt(server, now, false);
    }
  }

  /** Of 20 attempts, the last of which succeeds. */
  private void succeeding(Server server, double percent) {
    for (var i = 0; i < 20; i++) {
      attempt(server, now.minusSeconds(10L * i), i < percent / 5);
    }
  }

  private void lacking(Server server, double privileges) {
    state(server, now.minus(Duration.ofDays(2))).set("missing_privileges", ";A on /;");
    state(server, now.minusSeconds(20)).set("missing_privileges", ";A on /;");
    state(server, now).set("missing_privileges", ";A on /;" + "B on /;".repeat((int) privileges));
  }

  private void withoutQuorum(Server server, double seconds) {
    cluster(server, ago(seconds), 1);
    if (seconds > 0) {
      cluster(server, now, 0);
    }
  }

  private void cluster(Server server, Instant ts, int quorate) {
    seed.row("cluster_metrics", server, ts).set("cluster", "lab").set("quorate", quorate);
  }

  private void offline(Server server, double seconds) {
    nodeState(server, ago(seconds), "online");
    if (seconds > 0) {
      nodeState(server, now, "offline");
    }
  }

  private Row nodeState(Server server, Instant ts, String status) {
    return seed.row("node_states", server, ts).set("node", "pve1").set("status", status);
  }

  private void condition(Server server, double seconds) {
    nodeState(server, ago(seconds), "ready").set("conditions", "");
    if (seconds > 0) {
      nodeState(server, now, "ready").set("conditions", ";DiskPressure;");
    }
  }

  Row deployment(Server server, Instant ts, int ready) {
    return vmState(server, ts, ready == 3 ? "running" : "pending")
        .set("vm_id", "deployment:shop:cart")
        .set("vm_group", "shop")
        .set("type", "deployment")
        .set("replicas_ready", ready)
        .set("replicas_desired", 3);
  }

  private void replicas(Server server, double seconds) {
    deployment(server, ago(seconds), 3);
    if (seconds > 0) {
      deployment(server, now, 2);
    }
  }

  Row pod(Server server, Instant ts, String status, String detail) {
    return vmState(server, ts, status)
        .set("vm_id", "pod:shop:cart-1")
        .set("vm_group", "shop")
        .set("type", "pod")
        .set("status_detail", detail)
        .set("restarts", 0);
  }

  /** What is well now and was not a while ago keeps its row. */
  private void well(Server server, String status, String detail) {
    pod(server, now.minus(A_WHILE), status, detail);
    pod(server, now, "running", "Running");
  }

  private void crashLoop(Server server, double restarts) {
    if (restarts == 0) {
      well(server, "failed", CRASHING);
      return;
    }
    pod(server, now.minus(Duration.ofMinutes(14)), "failed", CRASHING).set("restarts", 5);
    pod(server, now, "failed", CRASHING).set("restarts", 5 + (int) restarts);
  }

  private void startFailed(Server server, double seconds) {
    if (seconds == 0) {
      well(server, "failed", "ErrImagePull");
      return;
    }
    pod(server, ago(seconds), "pending", "ContainerCreating");
    pod(server, now, "failed", "ImagePullBackOff");
  }

  private void pending(Server server, double seconds) {
    if (seconds == 0) {
      well(server, "pending", "Unschedulable");
      return;
    }
    pod(server, ago(seconds), "running", "Running");
    pod(server, now, "pending", "Unschedulable");
  }

  Row instance(Server server, Instant ts, String status, String detail) {
    return vmState(server, ts, status)
        .set("vm_id", "instance:7d0a")
        .set("vm_group", "shop")
        .set("type", "instance")
        .set("status_detail", detail);
  }

  private void unwell(Server server, double seconds, String status, String detail) {
    if (seconds == 0) {
      instance(server, now.minus(A_WHILE), status, detail);
      instance(server, now, "running", "ACTIVE");
      return;
    }
    instance(server, ago(seconds), "running", "ACTIVE");
    instance(server, now, status, detail);
  }

  /** Read an hour ago: quotas are read by turns. */
  private void quota(Server server, double percent) {
    quota(server, now.minus(Duration.ofHours(1)), "cores", (long) (10 * percent), 1000L);
  }

  Row quota(Server server, Instant ts, String resource, long used, @Nullable Long limit) {
    return seed.row("quota_metrics", server, ts)
        .set("project", "shop")
        .set("resource", resource)
        .set("used", used)
        .set("limit_value", limit);
  }

  private Row node(Server server) {
    nodeState(server, now, "online");
    return seed.row("node_metrics", server, now.minusSeconds(5))
        .set("node", "pve1")
        .set("sample_seconds", 10)
        .set("cpu_usage_ratio", 0.1);
  }

  /** A fifth of the memory is ZFS cache, which does not count. */
  private void nodeMemory(Server server, double percent) {
    node(server)
        .set("memory_used_bytes", (long) ((percent + 20) * GIB))
        .set("memory_total_bytes", 100 * GIB);
    seed.row("node_metrics", server, now.minusSeconds(30))
        .set("node", "pve1")
        .set("zfs_arc_bytes", 20 * GIB);
  }

  private Row vm(Server server) {
    vmState(server, now, "running");
    return seed.row("vm_metrics", server, now.minusSeconds(5))
        .set("vm_id", "qemu:100")
        .set("sample_seconds", 10);
  }

  private void storage(Server server, double percent) {
    storage(server, now, (long) (percent * GIB));
  }

  private void storage(Server server, Instant ts, long used) {
    seed.row("storage_metrics", server, ts)
        .set("storage", "it's shared")
        .set("kind", "nfs")
        .set("status", "available")
        .set("used_bytes", used)
        .set("total_bytes", 100 * GIB);
  }

  /** By 1 GiB a day. */
  private void fillingStorage(Server server, double days) {
    for (var hour = 0; hour < 48; hour++) {
      var used = 100 - days - hour / 24.0;
      storage(server, now.minus(Duration.ofHours(hour)), (long) (used * GIB));
    }
  }

  private void failedBackups(Server server, double tasks) {
    backup(server, "pve9", ago(7200), "failed");
    backup(server, "pve9", ago(3600), "ok");
    for (var i = 0; i < tasks; i++) {
      backup(server, "pve" + i, ago(3600), "ok");
      backup(server, "pve" + i, ago(1800), "failed");
    }
  }

  private void backup(Server server, String node, Instant ts, String state) {
    seed.row("events", server, ts)
        .set("event_id", "UPID:" + node + ":" + ts)
        .set("node", node)
        .set("source", "task")
        .set("type", "vzdump")
        .set("state", state);
  }

  private Instant ago(double seconds) {
    return now.minusMillis((long) (seconds * 1000));
  }

  /** A quarter of an hour more, so that what is rounded to tenths of a day stays so for a while. */
  private Instant inDays(double days) {
    return ago(-days * 86_400 - 900);
  }
}
