package io.muster.control.account;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's account, as it is shown.
 *
 * @param scope what of the tenant's servers it sees; both lists empty = all
 * @param lockedUntil no login before then, after too many wrong passwords; null = not locked
 * @param oneTimePassword given once, when the account or its password was made
 */
@Serdeable
record UserView(
    UUID id,
    @Schema(example = "ada") String username,
    Role role,
    Scope scope,
    @Schema(example = "true") boolean enabled,
    boolean passwordChangeRequired,
    @Nullable Instant lockedUntil,
    Instant createdAt,
    @Nullable Instant lastLoginAt,
    @Schema(example = "kR3vwQ8mZc5pXt2nYh7b") @Nullable String oneTimePassword) {
  static UserView of(User user, Scope scope, @Nullable String oneTimePassword) {
    return new UserView(
        user.id(),
        user.username(),
        user.role(),
        scope,
        user.enabled(),
        user.mustChangePassword(),
        user.isLocked(Instant.now()) ? user.lockedUntil() : null,
        user.createdAt(),
        user.lastLoginAt(),
        oneTimePassword);
  }

  @Override
  public String toString() {
    return "UserView[" + username + "]";
  }
}
