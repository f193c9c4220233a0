package io.muster.control.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance that has not ended.
 *
 * @param node null = the whole server
 * @param reason null = none given
 * @param by who set it
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MaintenanceView(
    @Nullable String node, Instant until, @Nullable String reason, String by) {
  static MaintenanceView of(MaintenanceRow row) {
    return new MaintenanceView(
        row.node().isEmpty() ? null : row.node(),
        row.until(),
        row.reason().isEmpty() ? null : row.reason(),
        row.setBy());
  }
}
