package io.muster.control.account;

import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.crypto.TokenText;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts accounts into the database, past the API. */
@Singleton
public final class TestAccounts {
  private final ApiTokenRepository tokens;
  private final ScopeText scopes;

  TestAccounts(ApiTokenRepository tokens, ScopeText scopes) {
    this.tokens = tokens;
    this.scopes = scopes;
  }

  public String apiToken(UUID tenant, Role role, Scope scope, @Nullable Instant expiresAt) {
    String token = TokenText.issue(ApiTokenKind.PREFIX);
    tokens.save(
        new ApiToken(
            UUID.randomUUID(),
            tenant,
            "test " + UUID.randomUUID(),
            role,
            scopes.write(scope),
            TokenText.hash(token),
            "test",
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            expiresAt,
            null));
    return token;
  }
}
