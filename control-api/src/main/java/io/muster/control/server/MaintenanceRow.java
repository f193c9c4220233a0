package io.muster.control.server;

import io.micronaut.core.annotation.Introspected;
import io.muster.protocol.Maintenance;
import java.time.Instant;
import java.util.UUID;

/**
 * A maintenance as it is stored.
 *
 * @param node empty = the whole server
 * @param reason empty = none given
 */
@Introspected
record MaintenanceRow(UUID serverId, String node, Instant until, String reason, String setBy) {
  Maintenance maintenance() {
    return new Maintenance(node.isEmpty() ? null : node, until, reason.isEmpty() ? null : reason);
  }
}
