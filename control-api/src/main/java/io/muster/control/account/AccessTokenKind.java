package io.muster.control.account;

import io.muster.control.caller.Caller;
import io.muster.control.caller.TokenKind;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** A person's access token: a signed one, whose login and account still stand. */
@Singleton
final class AccessTokenKind implements TokenKind {
  /** How every JSON object begins in Base64. */
  private static final String START = "eyJ";

  private final AccessTokens tokens;
  private final UserRepository users;
  private final RefreshTokenRepository sessions;
  private final Tenancy tenancy;
  private final ScopeText scopes;

  AccessTokenKind(
      AccessTokens tokens,
      UserRepository users,
      RefreshTokenRepository sessions,
      Tenancy tenancy,
      ScopeText scopes) {
    this.tokens = tokens;
    this.users = users;
    this.sessions = sessions;
    this.tenancy = tenancy;
    this.scopes = scopes;
  }

  @Override
  public boolean knows(String token) {
    return token.startsWith(START);
  }

  @Override
  public Optional<Caller> check(String token, String address) {
    return tokens
        .read(token, Instant.now())
        .filter(claims -> sessions.existsByFamilyIdAndUserId(claims.session(), claims.user()))
        .flatMap(claims ->
            users
                .findById(claims.user())
                .filter(User::enabled)
                .map(user -> caller(user, claims, address)));
  }

  private Caller caller(User user, AccessTokens.Claims claims, String address) {
    return new Caller(
        Caller.Kind.USER,
        user.id(),
        user.username(),
        user.tenantId(),
        tenancy.isHome(user.tenantId()),
        user.role(),
        scopes.read(user.scope()),
        user.mustChangePassword(),
        claims.session(),
        address);
  }
}
