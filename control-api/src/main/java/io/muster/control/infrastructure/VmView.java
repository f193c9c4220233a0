package io.muster.control.infrastructure;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Role;
import io.muster.control.server.KnownServer;
import io.muster.control.vm.VmAction;
import io.muster.control.vm.VmActions;
import io.muster.control.vm.VmStatus;
import io.muster.control.vm.VmType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A VM as it is answered.
 *
 * @param sampleAgeSeconds how long ago its numbers were measured; null = there are none
 * @param actions what its state and the caller's role allow
 */
@Serdeable
record VmView(
    UUID serverId,
    @Schema(example = "pve-1") String serverName,
    @Schema(example = "berlin") String site,
    @Schema(example = "proxmox") String provider,
    @JsonUnwrapped VmState state,
    @JsonUnwrapped VmSample sample,
    @Schema(example = "7") @Nullable Long sampleAgeSeconds,
    List<VmAction> actions) {
  VmView {
    actions = List.copyOf(actions);
  }

  static VmView of(VmRow row, KnownServer server, Role role, Instant now) {
    VmState state = row.state();
    Instant sampled = row.sample().sampleAt();
    return new VmView(
        server.id(),
        server.name(),
        server.site(),
        server.provider(),
        state,
        row.sample(),
        sampled == null ? null : Math.max(0, Duration.between(sampled, now).toSeconds()),
        VmActions.of(
            role,
            VmType.of(state.type()),
            VmStatus.of(state.status()),
            state.lockedBy(),
            Boolean.TRUE.equals(state.template())));
  }
}
