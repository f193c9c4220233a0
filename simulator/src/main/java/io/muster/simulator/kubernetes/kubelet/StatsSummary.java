package io.muster.simulator.kubernetes.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.api.Json;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.world.Usage;
import io.muster.simulator.kubernetes.world.Usage.Use;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /stats/summary}: also file systems and network. */
final class StatsSummary {
  private static final double NANOS = 1e9;

  private final Usage usage;
  private final Instant now;

  StatsSummary(Usage usage, Instant now) {
    this.usage = usage;
    this.now = now;
  }

  ObjectNode of(Node node, List<Pod> pods) {
    ObjectNode summary = Json.object();
    ObjectNode shown = summary.putObject("node");
    shown.put("nodeName", node.meta().name()).put("startTime", Json.time(node.meta().created()));
    Use use = usage.node(node, pods, now);
    cpu(shown, use.cores(), usage.nodeCpuSeconds(node, now));
    memory(shown, use.bytes()).put("availableBytes", node.memoryBytes() - use.bytes());
    network(shown, node.meta().uid(), node.meta().created());
    long used = usage.diskBytes(node.meta().uid(), node.diskBytes(), now);
    shown
        .putObject("fs")
        .put("time", Json.time(now))
        .put("capacityBytes", node.diskBytes())
        .put("usedBytes", used)
        .put("availableBytes", node.diskBytes() - used);
    ArrayNode all = summary.putArray("pods");
    pods.forEach(pod -> pod(pod, node, all.addObject()));
    return summary;
  }

  private void pod(Pod pod, Node node, ObjectNode into) {
    into.putObject("podRef")
        .put("name", pod.meta().name())
        .put("namespace", pod.meta().namespace())
        .put("uid", pod.meta().uid().toString());
    Instant started = pod.started() == null ? pod.meta().created() : pod.started();
    into.put("startTime", Json.time(started));
    ArrayNode containers = into.putArray("containers");
    Use sum = new Use(0, 0);
    double seconds = 0;
    for (int i = 0; i < pod.template().containers().size(); i++) {
      Use use = usage.now(pod, i, now);
      double mine = usage.cpuSeconds(pod, i, now);
      sum = sum.and(use);
      seconds += mine;
      ObjectNode container = containers.addObject();
      container
          .put("name", pod.template().containers().get(i).name())
          .put("startTime", Json.time(started));
      cpu(container, use.cores(), mine);
      memory(container, use.bytes());
    }
    cpu(into, sum.cores(), seconds);
    memory(into, sum.bytes());
    network(into, pod.meta().uid(), started);
    // A pod takes a hundredth of a node's disk or so.
    long used = usage.diskBytes(pod.meta().uid(), node.diskBytes() / 100, now);
    into.putObject("ephemeral-storage")
        .put("time", Json.time(now))
        .put("capacityBytes", node.diskBytes())
        .put("usedBytes", used);
  }

  private void cpu(ObjectNode into, double cores, double seconds) {
    into.putObject("cpu")
        .put("time", Json.time(now))
        .put("usageNanoCores", (long) (cores * NANOS))
        .put("usageCoreNanoSeconds", (long) (seconds * NANOS));
  }

  private ObjectNode memory(ObjectNode into, long bytes) {
    return into.putObject("memory")
        .put("time", Json.time(now))
        .put("usageBytes", bytes + bytes / 5)
        .put("workingSetBytes", bytes)
        .put("rssBytes", bytes - bytes / 5);
  }

  private void network(ObjectNode into, UUID uid, Instant since) {
    into.putObject("network")
        .put("time", Json.time(now))
        .put("name", "eth0")
        .put("rxBytes", usage.networkBytes(uid, 1, since, now))
        .put("rxErrors", 0)
        .put("txBytes", usage.networkBytes(uid, 2, since, now))
        .put("txErrors", 0);
  }
}
