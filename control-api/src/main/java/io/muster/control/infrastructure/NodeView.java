package io.muster.control.infrastructure;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.server.KnownServer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as it is answered.
 *
 * @param sampleAgeSeconds how long ago its numbers were measured; null = there are none
 */
@Serdeable
record NodeView(
    UUID serverId,
    @Schema(example = "pve-1") String serverName,
    @Schema(example = "berlin") String site,
    @Schema(example = "proxmox") String provider,
    @JsonUnwrapped NodeState state,
    @JsonUnwrapped NodeSample sample,
    @Schema(example = "7") @Nullable Long sampleAgeSeconds) {
  static NodeView of(NodeRow row, KnownServer server, Instant now) {
    Instant sampled = row.sample().sampleAt();
    return new NodeView(
        server.id(),
        server.name(),
        server.site(),
        server.provider(),
        row.state(),
        row.sample(),
        sampled == null ? null : Math.max(0, Duration.between(sampled, now).toSeconds()));
  }
}
