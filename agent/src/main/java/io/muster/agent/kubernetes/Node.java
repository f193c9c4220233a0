package io.muster.agent.kubernetes;

import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a node.
 *
 * @param state without the counts of its pods
 * @param lost whether its kubelet is silent: then nobody knows what its pods do
 * @param kubelet where it listens; null = not stated
 */
record Node(
    NodeState state,
    boolean lost,
    @Nullable URI kubelet,
    @Nullable Double cores,
    @Nullable Long memoryBytes) {
  String name() {
    return state.node();
  }

  /** The same with the pods that are on it. */
  NodeState with(int running, int total) {
    return copy(state.status(), state.statusDetail(), running, total);
  }

  NodeState removed() {
    return copy(NodeStatus.REMOVED, null, null, null);
  }

  private NodeState copy(
      NodeStatus status,
      @Nullable String detail,
      @Nullable Integer running,
      @Nullable Integer total) {
    return new NodeState(
        state.node(),
        state.cluster(),
        status,
        detail,
        status == NodeStatus.REMOVED ? List.of() : state.conditions(),
        running,
        total,
        state.version(),
        state.kernel(),
        state.cpuModel(),
        state.addresses(),
        state.roles(),
        state.labels());
  }
}
