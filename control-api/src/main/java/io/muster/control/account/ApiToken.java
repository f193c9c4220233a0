package io.muster.control.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.muster.control.caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A script's token.
 *
 * @param scope as {@link ScopeText} writes it
 * @param hash of what was shown once
 * @param expiresAt null = never
 */
@MappedEntity("api_tokens")
record ApiToken(
    @Id UUID id,
    UUID tenantId,
    String name,
    Role role,
    String scope,
    String hash,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
