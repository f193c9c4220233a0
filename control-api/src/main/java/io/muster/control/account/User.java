package io.muster.control.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.muster.control.caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's account.
 *
 * @param username unique in the installation, in lower case
 * @param scope as {@link ScopeText} writes it
 * @param mustChangePassword the password was made up or set by an admin
 * @param failedLogins since the last that worked
 * @param lockedUntil no login before then; null or past = not locked
 */
@MappedEntity("users")
record User(
    @Id UUID id,
    UUID tenantId,
    String username,
    String passwordHash,
    Role role,
    String scope,
    boolean enabled,
    boolean mustChangePassword,
    int failedLogins,
    @Nullable Instant lockedUntil,
    Instant createdAt,
    @Nullable Instant lastLoginAt) {
  boolean isLocked(Instant now) {
    return lockedUntil != null && now.isBefore(lockedUntil);
  }

  User withAccess(Role newRole, String newScope, boolean nowEnabled) {
    return new User(
        id,
        tenantId,
        username,
        passwordHash,
        newRole,
        newScope,
        nowEnabled,
        mustChangePassword,
        failedLogins,
        lockedUntil,
        createdAt,
        lastLoginAt);
  }
}
