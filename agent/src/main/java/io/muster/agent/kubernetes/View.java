package io.muster.agent.kubernetes;

import io.muster.agent.provider.Revision;
import io.muster.agent.provider.VmState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that there is at one moment. */
record View(
    Revision revision, Map<String, Node> nodes, Map<String, Pod> pods, List<VmState> deployments) {
  View {
    nodes = Map.copyOf(nodes);
    pods = Map.copyOf(pods);
    deployments = List.copyOf(deployments);
  }

  /** What the pods of a node come to. */
  static final class Load {
    int running;
    int total;
    double cpuRequestCores;
    long memoryRequestBytes;

    private void add(Pod pod, boolean isRunning) {
      total++;
      running += isRunning ? 1 : 0;
      cpuRequestCores += pod.cpuRequestCores() == null ? 0 : pod.cpuRequestCores();
      memoryRequestBytes += pod.memoryRequestBytes() == null ? 0 : pod.memoryRequestBytes();
    }
  }

  /** Of each node that has pods which have not ended. */
  Map<String, Load> loads() {
    Map<String, Load> loads = new HashMap<>();
    Set<String> lost = lost(nodes);
    for (Pod pod : pods.values()) {
      String node = pod.state().node();
      if (node != null && !pod.finished()) {
        loads
            .computeIfAbsent(node, key -> new Load())
            .add(
                pod,
                !lost.contains(node)
                    && pod.state().status() == io.muster.agent.provider.VmStatus.RUNNING);
      }
    }
    return loads;
  }

  List<VmState> podStates() {
    Set<String> lost = lost(nodes);
    return pods.values().stream().map(pod -> state(pod, lost)).toList();
  }

  static Set<String> lost(Map<String, Node> nodes) {
    return Set.copyOf(nodes.values().stream().filter(Node::lost).map(Node::name).toList());
  }

  /** What it is, as far as anybody can know. */
  static VmState state(Pod pod, Set<String> lost) {
    @Nullable String node = pod.state().node();
    return node != null && lost.contains(node) && !pod.finished()
        ? States.lost(pod.state())
        : pod.state();
  }
}
