package io.muster.simulator.kubernetes.kubelet;

import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.world.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code /metrics/resource}: counters and levels in Prometheus' text. */
final class ResourceMetrics {
  private static final String CPU = "cpu_usage_seconds_total";
  private static final String MEMORY = "memory_working_set_bytes";

  private final Usage usage;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();

  ResourceMetrics(Usage usage, Instant now) {
    this.usage = usage;
    this.now = now;
  }

  String of(Node node, List<Pod> pods) {
    head("container_" + CPU, "counter", "Cumulative cpu time consumed by the container");
    for (Pod pod : pods) {
      for (int i = 0; i < pod.template().containers().size(); i++) {
        line("container_" + CPU, labels(pod, i), usage.cpuSeconds(pod, i, now));
      }
    }
    head("container_" + MEMORY, "gauge", "Current working set of the container in bytes");
    for (Pod pod : pods) {
      for (int i = 0; i < pod.template().containers().size(); i++) {
        line("container_" + MEMORY, labels(pod, i), (double) usage.now(pod, i, now).bytes());
      }
    }
    head("container_start_time_seconds", "gauge", "Start time of the container");
    for (Pod pod : pods) {
      if (pod.state() instanceof Running(Instant since, boolean _)) {
        line("container_start_time_seconds", labels(pod, 0), (double) since.getEpochSecond());
      }
    }
    head("node_" + CPU, "counter", "Cumulative cpu time consumed by the node");
    line("node_" + CPU, "", usage.nodeCpuSeconds(node, now));
    head("node_" + MEMORY, "gauge", "Current working set of the node in bytes");
    line("node_" + MEMORY, "", (double) usage.node(node, pods, now).bytes());
    head("resource_scrape_error", "gauge", "1 if there was an error while getting metrics");
    text.append("resource_scrape_error 0\n");
    return text.toString();
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(" [STABLE] ").append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String labels(Pod pod, int container) {
    return "{container=\"%s\",namespace=\"%s\",pod=\"%s\"}"
        .formatted(
            pod.template().containers().get(container).name(),
            pod.meta().namespace(),
            pod.meta().name());
  }

  private void line(String name, String labels, double value) {
    text.append(name)
        .append(labels)
        .append(String.format(Locale.ROOT, " %.6f %d%n", value, now.toEpochMilli()));
  }
}
