package io.muster.control.account;

import io.micronaut.http.HttpStatus;
import io.muster.control.audit.Actor;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Checks names and passwords, and locks an account that is being guessed at. */
@Singleton
final class Login {
  /** People mistype a few times; a guesser needs millions. */
  static final int MAX_FAILURES = 5;

  /** Long enough against guessing, short enough to wait for. */
  static final Duration LOCKED_FOR = Duration.ofMinutes(15);

  private final UserRepository users;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final Audit audit;

  Login(UserRepository users, Passwords passwords, LoginThrottle throttle, Audit audit) {
    this.users = users;
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
  }

  /**
   * Whose name and password these are.
   *
   * @throws ProblemException 401 when they are nobody's, whatever the reason; 429 after too many
   *     attempts
   */
  User check(String username, String password, String address) {
    throttle.attempt(address);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Optional<User> user = users.findByUsername(username.toLowerCase(Locale.ROOT));
    if (user.isEmpty() || !user.get().enabled() || user.get().isLocked(now)) {
      boolean _ = passwords.matches(password, null);
      throw refused();
    }
    User found = user.get();
    users.attempted(found.id());
    if (!passwords.matches(password, found.passwordHash())) {
      if (users.lockAfter(found.id(), MAX_FAILURES, now.plus(LOCKED_FOR)) > 0) {
        audit.record(
            found.tenantId(),
            new Actor("unknown", "none", address),
            "lock",
            Subject.of("user", found.id(), found.username()),
            "after %d wrong passwords, for %d minutes"
                .formatted(MAX_FAILURES, LOCKED_FOR.toMinutes()));
      }
      throw refused();
    }
    users.loggedIn(found.id(), now);
    return found;
  }

  private static ProblemException refused() {
    return ProblemException.of(
        HttpStatus.UNAUTHORIZED,
        "wrong-credentials",
        "Wrong name or password. After %d wrong ones an account is locked for %d minutes."
            .formatted(MAX_FAILURES, LOCKED_FOR.toMinutes()));
  }
}
