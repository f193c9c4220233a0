package io.muster.protocol.link;

import io.muster.protocol.ServerId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A VM is in another state than before.
 *
 * @param vm such as {@code qemu:101}
 * @param status as in {@code vm_states.status}
 */
public record VmStatusChange(
    ServerId server,
    String vm,
    @Nullable String name,
    @Nullable String node,
    String status,
    Instant at) {
  public VmStatusChange {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(vm, "vm");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(at, "at");
  }
}
