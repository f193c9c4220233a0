package io.muster.control.account;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API token, as it is shown.
 *
 * @param expiresAt null = never
 * @param lastUsedAt to the minute
 * @param token given once, when it was made
 */
@Serdeable
record TokenView(
    UUID id,
    @Schema(example = "backup-script") String name,
    Role role,
    Scope scope,
    @Schema(example = "admin") String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Schema(example = "mst_0nlyAnExample0nlyAnExample0nlyAnExample0nl") @Nullable String token) {
  static TokenView of(ApiToken token, Scope scope, @Nullable String text) {
    return new TokenView(
        token.id(),
        token.name(),
        token.role(),
        scope,
        token.createdBy(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt(),
        text);
  }

  @Override
  public String toString() {
    return "TokenView[" + name + "]";
  }
}
