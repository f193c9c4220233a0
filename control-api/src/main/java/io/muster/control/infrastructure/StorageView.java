package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A storage.
 *
 * @param node null = shared by all nodes
 * @param kind the platform's type
 * @param measuredAt when it was told so
 */
@Serdeable
record StorageView(
    @Schema(example = "local-zfs") String storage,
    @Schema(example = "pve-a") @Nullable String node,
    @Schema(example = "zfspool") @Nullable String kind,
    @Schema(example = "available") @Nullable String status,
    @Nullable Long usedBytes,
    @Nullable Long totalBytes,
    @Nullable Instant measuredAt) {}
