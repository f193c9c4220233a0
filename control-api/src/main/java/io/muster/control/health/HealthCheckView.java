package io.muster.control.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.server.ConnectionStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one server did when it was asked now.
 *
 * @param status {@code unknown} when its site's agent could not be asked
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record HealthCheckView(
    UUID serverId,
    String name,
    ConnectionStatus status,
    @Nullable Double responseTimeMs,
    @Nullable String error) {}
