package io.muster.control.server;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Servers that have all of this in common.
 *
 * @param connectionStatus as their agent told last; null = nothing yet
 * @param servers how many
 */
@Introspected
record ServerGroup(
    String provider,
    boolean enabled,
    UUID siteId,
    @Nullable String connectionStatus,
    long servers) {}
