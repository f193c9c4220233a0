package io.muster.control.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a site's agent signs in with.
 *
 * @param hash of what was shown once
 */
@MappedEntity("agent_tokens")
record AgentToken(
    @Id UUID id,
    UUID siteId,
    String name,
    String hash,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {}
