package io.muster.control.site;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A site's agent, as it is shown.
 *
 * @param id its own, which stands in its rows; null = never connected since this program's start,
 *     or the caller sees a part of the tenant
 * @param lastSeen its connection's last sign, or the last use of one of the site's tokens; null =
 *     never
 * @param lagMs how old its newest rows are; null = unknown
 */
@Serdeable
public record AgentView(
    @Nullable UUID id,
    @Schema(example = "true") boolean connected,
    @Nullable Instant lastSeen,
    @Schema(example = "0.1.0") @Nullable String version,
    @Schema(example = "3") @Nullable Integer servers,
    @Schema(example = "850") @Nullable Long lagMs) {}
