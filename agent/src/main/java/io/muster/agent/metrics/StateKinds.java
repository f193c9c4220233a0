package io.muster.agent.metrics;

import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import java.util.List;

/** Nodes and VMs as {@link StateLog} sees them. */
final class StateKinds {
  static final StateLog.Kind<NodeState> NODE =
      new StateLog.Kind<>() {
        @Override
        public String id(NodeState state) {
          return state.node();
        }

        @Override
        public boolean isUnknown(NodeState state) {
          return state.status() == NodeStatus.UNKNOWN;
        }

        @Override
        public boolean isRemoved(NodeState state) {
          return state.status() == NodeStatus.REMOVED;
        }

        @Override
        public NodeState unknown(NodeState last) {
          return with(last, NodeStatus.UNKNOWN);
        }

        @Override
        public NodeState removed(NodeState last) {
          return with(last, NodeStatus.REMOVED);
        }
      };

  static final StateLog.Kind<VmState> VM =
      new StateLog.Kind<>() {
        @Override
        public String id(VmState state) {
          return state.vmId();
        }

        @Override
        public boolean isUnknown(VmState state) {
          return state.status() == VmStatus.UNKNOWN;
        }

        @Override
        public boolean isRemoved(VmState state) {
          return state.status() == VmStatus.REMOVED;
        }

        @Override
        public VmState unknown(VmState last) {
          return with(last, VmStatus.UNKNOWN);
        }

        @Override
        public VmState removed(VmState last) {
          return with(last, VmStatus.REMOVED);
        }
      };

  private StateKinds() {}

  /** What a thing is stays; what it was doing is not known any more. */
  private static NodeState with(NodeState last, NodeStatus status) {
    return new NodeState(
        last.node(),
        last.cluster(),
        status,
        null,
        List.of(),
        null,
        null,
        last.version(),
        last.kernel(),
        last.cpuModel(),
        last.addresses(),
        last.roles(),
        last.labels(),
        last.maintainedUntil());
  }

  private static VmState with(VmState last, VmStatus status) {
    return new VmState(
        last.vmId(),
        last.cluster(),
        last.node(),
        last.name(),
        last.group(),
        last.type(),
        status,
        null,
        null,
        last.tags(),
        last.template(),
        null,
        null,
        null,
        last.lastBackupAt());
  }
}
