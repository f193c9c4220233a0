package io.muster.agent.kubernetes;

import io.muster.agent.provider.VmState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod.
 *
 * @param state as the API server has it, its node's silence aside
 * @param finished it has ended for good: nothing of it is measured
 * @param uid of this pod and not of a later one of its name
 * @param startedAt null = not yet
 */
record Pod(
    VmState state,
    boolean finished,
    @Nullable String uid,
    @Nullable Instant startedAt,
    @Nullable Double cpuLimitCores,
    @Nullable Long memoryLimitBytes,
    @Nullable Double cpuRequestCores,
    @Nullable Long memoryRequestBytes) {
  String id() {
    return state.vmId();
  }
}
