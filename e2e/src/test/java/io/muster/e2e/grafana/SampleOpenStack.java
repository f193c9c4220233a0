package io.muster.e2e.grafana;

import io.muster.e2e.grafana.Seed.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small OpenStack cloud with something of everything: hypervisors that are well, disabled and
 * away, instances in all states, quotas with room and without, pools that are known and not.
 */
record SampleOpenStack(Seed seed, Server server) {
  private static final long GIB = 1L << 30;

  /**
   * What is used is not known of any; what is promised is, where it answers.
   *
   * @param load null where the driver does not tell it
   */
  private record Hypervisor(
      String name, String status, String detail, @Nullable Double load, int promised) {}

  /**
   * @param node null when it has no place
   * @param detail the platform's own word
   */
  private record Instance(
      String name, String project, @Nullable String node, String status, String detail) {
    String id() {
      return "instance:" + name;
    }
  }

  private record Quota(String project, String resource, long used, @Nullable Long limit) {}

  private static final List<Hypervisor> HYPERVISORS =
      List.of(
          new Hypervisor("cn1", "online", "up", 6.0, 24),
          new Hypervisor("cn2", "maintenance", "disabled: new kernel", 1.0, 2),
          new Hypervisor("cn3", "offline", "forced down", null, 8),
          new Hypervisor("cn4", "online", "up", null, 4));

  private static final List<Instance> INSTANCES =
      List.of(
          new Instance("web-1", "shop", "cn1", "running", "ACTIVE"),
          new Instance("db-1", "shop", "cn4", "running", "ACTIVE"),
          new Instance("it's broken", "shop", null, "failed", "ERROR"),
          new Instance("stuck-1", "shop", "cn1", "pending", "BUILD (spawning)"),
          new Instance("lost-1", "infra", "cn3", "unknown", "ACTIVE, its host is down"),
          new Instance("old-1", "infra", null, "stopped", "SHELVED_OFFLOADED"),
          new Instance("held-1", "infra", "cn2", "paused", "PAUSED"));

  private static final List<Quota> QUOTAS =
      List.of(
          new Quota("shop", "cores", 19, 20L),
          new Quota("shop", "instances", 4, null),
          new Quota("shop", "volumes_bytes", 100 * GIB, 100 * GIB),
          new Quota("infra", "cores", 2, 20L),
          new Quota("infra", "floating_ips", 0, 0L));

  void samples(Instant ts) {
    hypervisors(ts);
    diagnostics(ts);
    pools(ts);
    quotas(ts);
  }

  /** Of those that answer. */
  void hypervisors(Instant ts) {
    for (var each : HYPERVISORS) {
      if (!each.status().equals("offline")) {
        seed.row("node_metrics", server, ts)
            .set("node", each.name())
            .set("sample_seconds", 60)
            .set("cpu_cores", 16.0)
            .set("load1", each.load())
            .set("memory_total_bytes", 64 * GIB)
            .set("vcpus_allocated", (double) each.promised())
            .set("memory_allocated_bytes", 2L * each.promised() * GIB);
      }
    }
  }

  /** Of one instance. */
  void diagnostics(Instant ts) {
    seed.row("vm_metrics", server, ts)
        .set("vm_id", "instance:web-1")
        .set("sample_seconds", 60)
        .set("cpu_usage_ratio", 0.5)
        .set("cpu_cores", 4.0)
        .set("memory_used_bytes", 3 * GIB)
        .set("memory_total_bytes", 4 * GIB)
        .set("memory_source", "diagnostics");
  }

  /** Which are not read at every poll. */
  void quotas(Instant ts) {
    for (var each : QUOTAS) {
      seed.row("quota_metrics", server, ts)
          .set("project", each.project())
          .set("resource", each.resource())
          .set("used", each.used())
          .set("limit_value", each.limit());
    }
  }

  void pools(Instant ts) {
    pool(ts, "ceph@rbd#ssd", 85 * GIB, 100 * GIB);
    pool(ts, "nfs@nfs#nfs", null, null);
  }

  void states(Instant ts) {
    for (var each : HYPERVISORS) {
      seed.row("node_states", server, ts)
          .set("node", each.name())
          .set("cluster", "RegionOne")
          .set("status", each.status())
          .set("status_detail", each.detail())
          .set("vms_running", 2)
          .set("version", "8002000");
    }
    for (var each : INSTANCES) {
      seed.row("vm_states", server, ts)
          .set("vm_id", each.id())
          .set("cluster", "RegionOne")
          .set("node", each.node())
          .set("vm", each.name())
          .set("vm_group", each.project())
          .set("type", "instance")
          .set("status", each.status())
          .set("status_detail", each.detail())
          .set("tags", "")
          .set("template", "no");
    }
  }

  /** An action that went well, one that goes on, a fault, and one of an instance that is gone. */
  void events(Instant now) {
    event(now.minusSeconds(7200), "web-1", "reboot", "info", "ok", null);
    event(now.minusSeconds(60), "stuck-1", "create", "info", "running", null);
    event(now.minusSeconds(4000), "it's broken", "create", "error", "failed", "The first error");
    event(
        now.minusSeconds(3600), "it's broken", "fault", "error", "failed", "No valid host's found");
    event(now.minusSeconds(5400), "gone-1", "delete", "info", "ok", null);
  }

  private void event(
      Instant ts, String name, String type, String severity, String state, @Nullable String text) {
    seed.row("events", server, ts)
        .set("event_id", "req-" + type + " " + name)
        .set("vm_id", "instance:" + name)
        .set("source", "instance-action")
        .set("type", type)
        .set("user", "alice")
        .set("severity", severity)
        .set("state", state)
        .set("message", text)
        .set("ended_at", state.equals("running") ? null : ts.plus(Duration.ofSeconds(9)));
  }

  private void pool(Instant ts, String name, @Nullable Long used, @Nullable Long total) {
    seed.row("storage_metrics", server, ts)
        .set("storage", name)
        .set("kind", "ceph")
        .set("status", "available")
        .set("used_bytes", used)
        .set("total_bytes", total);
  }
}
