package io.muster.protocol.link;

import io.muster.protocol.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A VM is in another state than before. Group and tags decide who may hear of it; an older agent
 * does not tell them.
 *
 * @param vm such as {@code qemu:101}
 * @param status as in {@code vm_states.status}
 * @param group Proxmox pool, Kubernetes namespace, OpenStack project
 */
public record VmStatusChange(
    ServerId server,
    String vm,
    @Nullable String name,
    @Nullable String node,
    String status,
    Instant at,
    @Nullable String group,
    @Nullable List<String> tags) {
  public VmStatusChange {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(vm, "vm");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(at, "at");
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /** None where none were told. */
  @Override
  public List<String> tags() {
    return Objects.requireNonNull(tags);
  }
}
