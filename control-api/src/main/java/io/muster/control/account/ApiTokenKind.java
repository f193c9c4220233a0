package io.muster.control.account;

import io.muster.control.caller.Caller;
import io.muster.control.caller.TokenKind;
import io.muster.control.crypto.TokenText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code mst_…}: of a script. */
@Singleton
final class ApiTokenKind implements TokenKind {
  static final String PREFIX = "mst_";

  /** Often enough to tell whether a token is still in use, without a write for each request. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final ApiTokenRepository tokens;
  private final Tenancy tenancy;
  private final ScopeText scopes;

  ApiTokenKind(ApiTokenRepository tokens, Tenancy tenancy, ScopeText scopes) {
    this.tokens = tokens;
    this.tenancy = tenancy;
    this.scopes = scopes;
  }

  @Override
  public boolean knows(String token) {
    return token.startsWith(PREFIX);
  }

  @Override
  public Optional<Caller> check(String token, String address) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return tokens
        .findByHash(TokenText.hash(token))
        .filter(found -> found.expiresAt() == null || now.isBefore(found.expiresAt()))
        .map(found -> caller(found, address, now));
  }

  private Caller caller(ApiToken token, String address, Instant now) {
    Instant last = token.lastUsedAt();
    if (last == null || last.plus(NOTED_EVERY).isBefore(now)) {
      tokens.used(token.id(), now);
    }
    return new Caller(
        Caller.Kind.API_TOKEN,
        token.id(),
        token.name(),
        token.tenantId(),
        tenancy.isHome(token.tenantId()),
        token.role(),
        scopes.read(token.scope()),
        false,
        null,
        address);
  }
}
