package io.muster.control.server;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

/**
 * A server without its settings.
 *
 * @param tags a JSON array
 */
@Introspected
record BriefServer(UUID id, String name, UUID siteId, String tags) {}
