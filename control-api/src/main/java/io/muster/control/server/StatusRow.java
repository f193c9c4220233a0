package io.muster.control.server;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a site's agent told last of a server.
 *
 * @param connectionStatus {@code online}, {@code offline}, or {@code checking} since it was changed
 * @param responseTimeMs mean of the last 24 hours
 * @param successRate of the last 24 hours, 0 to 1
 * @param version the platform's release
 */
@MappedEntity("server_status")
record StatusRow(
    @Id UUID serverId,
    String connectionStatus,
    @Nullable Instant lastHealthCheckAt,
    @Nullable String error,
    @Nullable Instant lastConnectedAt,
    @Nullable Long learnedTimeoutMs,
    @Nullable Long responseTimeMs,
    @Nullable Double successRate,
    @Nullable Integer nodeCount,
    @Nullable String version) {}
