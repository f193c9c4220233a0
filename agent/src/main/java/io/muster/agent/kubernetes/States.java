package io.muster.agent.kubernetes;

import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import org.jspecify.annotations.Nullable;

/** The same thing in another state. */
final class States {
  /** What kubectl calls a pod whose node is silent. */
  static final String NODE_LOST = "NodeLost";

  private States() {}

  /** Nobody knows what it does: the last word is some time old. */
  static VmState lost(VmState state) {
    return with(state, VmStatus.UNKNOWN, NODE_LOST);
  }

  static VmState removed(VmState state) {
    return with(state, VmStatus.REMOVED, null);
  }

  private static VmState with(VmState state, VmStatus status, @Nullable String detail) {
    boolean gone = status == VmStatus.REMOVED;
    return new VmState(
        state.vmId(),
        state.cluster(),
        state.node(),
        state.name(),
        state.group(),
        state.type(),
        status,
        detail,
        null,
        state.tags(),
        state.template(),
        gone ? null : state.restarts(),
        gone ? null : state.replicasReady(),
        gone ? null : state.replicasDesired(),
        null);
  }
}
