package io.muster.control.account;

import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Actor;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.crypto.TokenText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Logins. Each refresh token is good for one refresh; one that is shown twice was stolen by either
 * of those who showed it, so the login ends for both.
 */
@Singleton
class Sessions {
  static final String PREFIX = "mrt_";

  /** A fortnight without a refresh, and the password is asked again. */
  private static final Duration LIFETIME = Duration.ofDays(14);

  private final RefreshTokenRepository tokens;
  private final UserRepository users;
  private final AccessTokens accessTokens;
  private final Tenancy tenancy;
  private final Audit audit;

  Sessions(
      RefreshTokenRepository tokens,
      UserRepository users,
      AccessTokens accessTokens,
      Tenancy tenancy,
      Audit audit) {
    this.tokens = tokens;
    this.users = users;
    this.accessTokens = accessTokens;
    this.tenancy = tenancy;
    this.audit = audit;
  }

  Session begin(User user) {
    return next(user, UUID.randomUUID());
  }

  /** The next pair of tokens; empty when {@code token} is not good (any more). */
  @Transactional
  Optional<Session> refresh(String token, String address) {
    Optional<RefreshToken> shown = tokens.findByHash(TokenText.hash(token));
    if (shown.isEmpty() || !now().isBefore(shown.get().expiresAt())) {
      return Optional.empty();
    }
    RefreshToken found = shown.get();
    Optional<User> user = users.findById(found.userId()).filter(User::enabled);
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (tokens.use(found.id(), now()) == 0) {
      tokens.deleteByFamilyId(found.familyId());
      audit.record(
          user.get().tenantId(),
          new Actor(user.get().username(), user.get().role().label(), address),
          "revoke-login",
          Subject.of("user", user.get().id(), user.get().username()),
          "a refresh token was shown a second time");
      return Optional.empty();
    }
    return Optional.of(next(user.get(), found.familyId()));
  }

  void end(UUID session) {
    tokens.deleteByFamilyId(session);
  }

  void endAllOf(UUID user) {
    tokens.deleteByUserId(user);
  }

  void endOthers(UUID user, UUID session) {
    tokens.deleteOthers(user, session);
  }

  @Scheduled(initialDelay = "1h", fixedDelay = "1h")
  void forgetExpired() {
    tokens.deleteExpired(now());
  }

  private Session next(User user, UUID family) {
    String refreshToken = TokenText.issue(PREFIX);
    Instant now = now();
    tokens.save(
        new RefreshToken(
            UUID.randomUUID(),
            family,
            user.id(),
            TokenText.hash(refreshToken),
            now.plus(LIFETIME),
            null));
    return new Session(
        accessTokens.issue(user.id(), family, now),
        refreshToken,
        AccessTokens.LIFETIME.toSeconds(),
        user.role(),
        tenancy.name(user.tenantId()).orElse(""),
        user.mustChangePassword());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
