package io.muster.control.server;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

/** A site that servers of a tenant may belong to. */
@Introspected
record SiteName(UUID id, String name) {}
