package io.muster.control.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One link of a login's chain.
 *
 * @param familyId the login; it ends when its rows are deleted
 * @param usedAt when the next one was given for it; shown again afterwards, it was stolen
 */
@MappedEntity("refresh_tokens")
record RefreshToken(
    @Id UUID id,
    UUID familyId,
    UUID userId,
    String hash,
    Instant expiresAt,
    @Nullable Instant usedAt) {}
