package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.server.ConnectionStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one server is the way to, in one shape for all platforms; null = not known, or nothing of
 * that platform.
 *
 * @param name what the platform calls itself, else the server's name
 * @param error why nothing new is read of it; null = it is read
 * @param lastConnectedAt null = never
 * @param nodesOnline those that answer, of {@code nodesTotal}
 * @param haErrors highly available services in state error
 */
@Serdeable
record ClusterView(
    @Schema(example = "prod") String name,
    @Schema(example = "proxmox") String provider,
    UUID serverId,
    @Schema(example = "pve-1") String serverName,
    @Schema(example = "berlin") String site,
    ConnectionStatus connectionStatus,
    @Schema(example = "Cannot list nodes of pve-1: connection refused") @Nullable String error,
    @Nullable Instant lastConnectedAt,
    @Schema(example = "9.0.5") @Nullable String version,
    @Schema(example = "3") @Nullable Long nodesTotal,
    @Schema(example = "3") @Nullable Long nodesOnline,
    @Schema(example = "40") @Nullable Long vmsTotal,
    @Schema(example = "36") @Nullable Long vmsRunning,
    @Nullable Boolean quorate,
    @Nullable Integer haErrors,
    @Nullable String cephHealth,
    @Nullable Integer updatesPending) {}
