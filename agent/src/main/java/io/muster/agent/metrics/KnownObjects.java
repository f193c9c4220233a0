package io.muster.agent.metrics;

import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was there of a server when it was last seen, as it is kept on disk: enough to write a last
 * {@code removed} row for what is gone when the agent starts again.
 */
record KnownObjects(
    UUID serverId,
    String site,
    ProviderKind provider,
    String server,
    List<Node> nodes,
    List<Vm> vms) {
  public KnownObjects {
    Objects.requireNonNull(serverId, "serverId");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(server, "server");
    nodes = List.copyOf(nodes);
    vms = List.copyOf(vms);
  }

  record Node(String node, @Nullable String cluster) {
    public Node {
      Objects.requireNonNull(node, "node");
    }

    static Node of(NodeState state) {
      return new Node(state.node(), state.cluster());
    }

    NodeState state() {
      return new NodeState(
          node,
          cluster,
          NodeStatus.UNKNOWN,
          null,
          List.of(),
          null,
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          List.of());
    }
  }

  record Vm(
      String vmId,
      VmType type,
      @Nullable String cluster,
      @Nullable String node,
      @Nullable String vm,
      @Nullable String vmGroup) {
    public Vm {
      Objects.requireNonNull(vmId, "vmId");
      Objects.requireNonNull(type, "type");
    }

    static Vm of(VmState state) {
      return new Vm(
          state.vmId(), state.type(), state.cluster(), state.node(), state.name(), state.group());
    }

    VmState state() {
      return new VmState(
          vmId,
          cluster,
          node,
          vm,
          vmGroup,
          type,
          VmStatus.UNKNOWN,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          null,
          null);
    }
  }

  Origin origin() {
    return new Origin(site, provider, new ServerId(serverId), server);
  }
}
