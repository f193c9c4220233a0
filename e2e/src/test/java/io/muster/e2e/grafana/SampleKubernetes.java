package io.muster.e2e.grafana;

import io.muster.e2e.grafana.Seed.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small Kubernetes cluster with something of everything: nodes that are well, full and away, pods
 * in all states, deployments that are complete, short, stuck and not wanted.
 */
record SampleKubernetes(Seed seed, Server server) {
  private static final long GIB = 1L << 30;

  private record Node(String name, String status, String detail, String conditions, double load) {}

  /**
   * @param node null when it has no place yet
   * @param detail the platform's own word
   */
  private record Pod(
      String namespace,
      String name,
      @Nullable String node,
      String status,
      String detail,
      String owner) {
    String id() {
      return "pod:" + namespace + ":" + name;
    }

    boolean crashes() {
      return detail.equals("CrashLoopBackOff");
    }
  }

  private record Deployment(String name, String status, int ready, int desired) {}

  private static final List<Node> NODES =
      List.of(
          new Node("worker-1", "ready", "Ready", "", 0.4),
          new Node("worker-2", "ready", "Ready", ";DiskPressure;", 0.85),
          new Node("worker-3", "not-ready", "NodeStatusUnknown", "", 0),
          new Node("worker-4", "maintenance", "SchedulingDisabled", ";EtcdIsVoter;", 0.1));

  private static final List<Pod> PODS =
      List.of(
          new Pod("shop", "cart-1", "worker-1", "running", "Running", "deployment=cart"),
          new Pod("shop", "cart-2", "worker-2", "failed", "CrashLoopBackOff", "deployment=cart"),
          new Pod("shop", "cart-3", null, "pending", "Unschedulable", "deployment=cart"),
          new Pod("shop", "web-1", "worker-1", "failed", "ImagePullBackOff", "deployment=web"),
          new Pod("shop", "db-0", "worker-2", "running", "Running", "statefulset=db"),
          new Pod("infra", "logs-9x", "worker-3", "unknown", "NodeLost", "daemonset=logs"),
          new Pod("infra", "logs-4k", "worker-2", "failed", "Evicted", "daemonset=logs"),
          new Pod("infra", "backup-28", "worker-1", "succeeded", "Completed", "job=backup-28"));

  private static final List<Deployment> DEPLOYMENTS =
      List.of(
          new Deployment("cart", "pending", 1, 3),
          new Deployment("web", "failed", 2, 2),
          new Deployment("search", "running", 2, 2),
          new Deployment("retired", "stopped", 0, 0));

  /** Numbers of nodes that answer and of pods that run. */
  void samples(Instant ts) {
    for (var node : NODES) {
      if (node.load() > 0) {
        seed.row("node_metrics", server, ts)
            .set("node", node.name())
            .set("sample_seconds", 30)
            .set("cpu_usage_ratio", node.load())
            .set("cpu_cores", 8.0)
            .set("memory_used_bytes", (long) (32 * GIB * node.load()))
            .set("memory_total_bytes", 32 * GIB);
      }
    }
    for (var pod : PODS) {
      if (pod.status().equals("running")) {
        seed.row("vm_metrics", server, ts)
            .set("vm_id", pod.id())
            .set("sample_seconds", 30)
            .set("cpu_usage_ratio", 0.3)
            .set("cpu_cores", 0.5)
            .set("memory_used_bytes", GIB / 4)
            .set("memory_total_bytes", GIB)
            .set("memory_source", "metrics-server");
      }
    }
  }

  void states(Instant ts) {
    for (var node : NODES) {
      seed.row("node_states", server, ts)
          .set("node", node.name())
          .set("cluster", server.name())
          .set("status", node.status())
          .set("status_detail", node.detail())
          .set("conditions", node.conditions())
          .set("vms_running", 2)
          .set("vms_total", 3)
          .set("version", "v1.36.2")
          .set("roles", ";worker;");
    }
    for (var pod : PODS) {
      state(ts, pod.id(), pod.namespace(), pod.name(), "pod", pod.status())
          .set("node", pod.node())
          .set("status_detail", pod.detail())
          .set("tags", ";" + pod.owner() + ";")
          // What crashes does so once in ten minutes.
          .set("restarts", pod.crashes() ? (int) (ts.getEpochSecond() / 600) : 0);
    }
    for (var each : DEPLOYMENTS) {
      state(ts, "deployment:shop:" + each.name(), "shop", each.name(), "deployment", each.status())
          .set("status_detail", each.status().equals("failed") ? "ProgressDeadlineExceeded" : "")
          .set("replicas_ready", each.ready())
          .set("replicas_desired", each.desired());
    }
  }

  /** One of each severity, about a pod, a node, and what is neither; all came last of late. */
  void events(Instant now) {
    var tonight = now.minus(Duration.ofHours(8));
    event(tonight, now, "Failed", "error", "worker-1", "pod:shop:web-1", 12);
    event(tonight, now, "EvictionThresholdMet", "warning", "worker-2", null, 3);
    event(tonight, now, "Completed", "info", null, null, 1);
    var lately = now.minus(Duration.ofHours(1));
    event(lately, now, "BackOff", "warning", "worker-2", "pod:shop:cart-2", 9);
  }

  private void event(
      Instant first,
      Instant now,
      String reason,
      String severity,
      @Nullable String node,
      @Nullable String vmId,
      int count) {
    seed.row("events", server, first)
        .set("event_id", reason + " " + first)
        .set("node", node)
        .set("vm_id", vmId)
        .set("source", "kubernetes")
        .set("type", reason)
        .set("severity", severity)
        .set("state", severity.equals("info") ? "ok" : "warning")
        .set("count", count)
        .set("message", reason + " isn't well")
        .set("ended_at", now.minus(Duration.ofMinutes(5)));
  }

  private Seed.Row state(
      Instant ts, String id, String namespace, String name, String type, String status) {
    return seed.row("vm_states", server, ts)
        .set("vm_id", id)
        .set("cluster", server.name())
        .set("vm", name)
        .set("vm_group", namespace)
        .set("type", type)
        .set("status", status)
        .set("template", "no");
  }
}
