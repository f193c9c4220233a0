package io.muster.control.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
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
  /** Of every user that is made here. */
  public static final String PASSWORD = "correct horse battery";

  /** As cheap as bcrypt gets: tests sign in often. */
  private static final String HASH = BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray());

  private final ApiTokenRepository tokens;
  private final UserRepository users;
  private final Sessions sessions;
  private final AccessTokens accessTokens;
  private final ScopeText scopes;

  TestAccounts(
      ApiTokenRepository tokens,
      UserRepository users,
      Sessions sessions,
      AccessTokens accessTokens,
      ScopeText scopes) {
    this.tokens = tokens;
    this.users = users;
    this.sessions = sessions;
    this.accessTokens = accessTokens;
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
            now(),
            expiresAt,
            null));
    return token;
  }

  /** A person with {@link #PASSWORD}; gives the id. */
  public UUID user(UUID tenant, String username, Role role, boolean mustChangePassword) {
    return users
        .save(
            new User(
                UUID.randomUUID(),
                tenant,
                username,
                HASH,
                role,
                scopes.write(Scope.ALL),
                true,
                mustChangePassword,
                0,
                null,
                now(),
                null))
        .id();
  }

  /** A person who is signed in; gives the access token. */
  public String signedIn(UUID tenant, Role role) {
    UUID user = user(tenant, "user-" + UUID.randomUUID(), role, false);
    return sessions.begin(users.findById(user).orElseThrow()).accessToken();
  }

  /** The access token of a login a while ago. */
  public String expired(UUID tenant, Role role) {
    UUID user = user(tenant, "user-" + UUID.randomUUID(), role, false);
    // The login itself goes on: the token is refused for its age alone.
    Session session = sessions.begin(users.findById(user).orElseThrow());
    Instant now = Instant.now();
    UUID login = accessTokens.read(session.accessToken(), now).orElseThrow().session();
    return accessTokens.issue(user, login, now.minus(AccessTokens.LIFETIME));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
