package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.server.ConnectionStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server beside a list of what is on servers: to choose from, and to tell what is missing.
 *
 * @param error why nothing new of it is in the list; null = it is read
 */
@Serdeable
record ServerLabel(
    UUID id,
    @Schema(example = "pve-1") String name,
    @Schema(example = "proxmox") String provider,
    ConnectionStatus connectionStatus,
    @Schema(example = "Cannot list nodes of pve-1: connection refused") @Nullable String error) {}
