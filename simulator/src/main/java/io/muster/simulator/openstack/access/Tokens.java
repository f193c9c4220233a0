package io.muster.simulator.openstack.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens that were given out and are not over. */
public final class Tokens {
  /** As long as Keystone's own ones are, about. */
  private static final int TOKEN_BYTES = 133;

  private static final int AUDIT_BYTES = 16;

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final InstantSource clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  public Tokens(InstantSource clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /**
   * Gives out a token.
   *
   * @param latest when it ends at the latest: one got with another token lives no longer; or null
   */
  public Token issue(
      Account user,
      Token.Scope scope,
      String method,
      @Nullable ApplicationCredential credential,
      @Nullable Instant latest) {
    // Keystone keeps whole seconds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    forget(now);
    Instant end = now.plus(lifetime);
    Token token =
        new Token(
            "gAAAAAB" + text(TOKEN_BYTES),
            user,
            scope,
            method,
            credential,
            text(AUDIT_BYTES),
            now,
            latest != null && latest.isBefore(end) ? latest : end);
    tokens.put(token.id(), token);
    return token;
  }

  private void forget(Instant now) {
    tokens.values().removeIf(token -> token.expires().isBefore(now));
    revoked.retainAll(tokens.keySet());
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /** A token that is not over, revoked or not; else null. */
  public @Nullable Token issued(String id) {
    Token token = tokens.get(id);
    return token == null || !token.expires().isAfter(clock.instant()) ? null : token;
  }

  /** A token that Keystone itself accepts, or null. */
  public @Nullable Token valid(String id) {
    return revoked.contains(id) ? null : issued(id);
  }

  public void revoke(String id) {
    revoked.add(id);
  }

  /** All tokens of a user end now; new ones can be had. */
  public void endAll(Account user) {
    Instant now = clock.instant();
    tokens.replaceAll((_, token) -> token.user().equals(user) ? token.endingAt(now) : token);
  }
}
