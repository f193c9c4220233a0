package io.muster.agent.provider;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a VM is, at the tick that saw it; null = unknown.
 *
 * @param vmId stable in its server: {@code qemu:101}, {@code pod:<namespace>:<name>} …
 * @param name for people
 * @param group Proxmox pool, Kubernetes namespace, OpenStack project
 * @param statusDetail the platform's own word
 * @param lockedBy what holds it: {@code backup}, {@code snapshot}, {@code migrate} …
 */
public record VmState(
    String vmId,
    @Nullable String cluster,
    @Nullable String node,
    @Nullable String name,
    @Nullable String group,
    VmType type,
    VmStatus status,
    @Nullable String statusDetail,
    @Nullable String lockedBy,
    List<String> tags,
    @Nullable Boolean template,
    @Nullable Integer restarts,
    @Nullable Integer replicasReady,
    @Nullable Integer replicasDesired,
    @Nullable Instant lastBackupAt) {
  public VmState {
    Objects.requireNonNull(vmId, "vmId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(status, "status");
    tags = List.copyOf(tags);
  }
}
