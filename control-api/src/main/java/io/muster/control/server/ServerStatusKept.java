package io.muster.control.server;

import io.muster.protocol.link.ServerStatusChange;
import org.jspecify.annotations.Nullable;

/**
 * An agent has told of a server, and it is committed; not always is something new.
 *
 * @param before the connection status that was kept until now; null = none
 */
public record ServerStatusKept(
    OwnedServer server, @Nullable String before, ServerStatusChange change) {}
