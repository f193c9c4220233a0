package io.muster.control.server;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Servers that have all of this in common.
 *
 * @param connectionStatus as their agent told last; null = nothing yet
 * @param servers how many
 */
record ServerGroup(
    String provider,
    boolean enabled,
    UUID siteId,
    @Nullable String connectionStatus,
    long servers) {}
