package io.muster.control.server;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server as it is stored.
 *
 * @param tags a JSON array
 * @param settings the provider's own keys as a JSON object, without secrets
 * @param search what a search looks at: name, tags and addresses in lower case, a line each
 * @param secrets a sealed JSON object of the secret keys; null = none
 * @param version rises with each change
 */
@MappedEntity("servers")
record ServerRow(
    @Id UUID id,
    UUID tenantId,
    UUID siteId,
    String name,
    String provider,
    boolean enabled,
    @Nullable Integer intervalSeconds,
    String route,
    String tags,
    String settings,
    String search,
    @MappedProperty(converter = SealedConverter.class, type = DataType.BYTE_ARRAY)
        @Nullable Sealed secrets,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
