package io.muster.control.account;

import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes accounts of people. */
@Singleton
final class NewUsers {
  static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,62}");
  static final String USERNAME_EXPECTED =
      "1 to 63 lower-case letters, digits and . _ @ -, the first a letter or digit";

  private final UserRepository users;
  private final Passwords passwords;
  private final ScopeText scopes;

  NewUsers(UserRepository users, Passwords passwords, ScopeText scopes) {
    this.users = users;
    this.passwords = passwords;
    this.scopes = scopes;
  }

  User make(
      UUID tenant, String username, String password, Role role, Scope scope, boolean oneTime) {
    if (users.findByUsername(username).isPresent()) {
      // Names are of the whole installation: a login gives no tenant.
      throw ProblemException.conflict("exists", "The user name '" + username + "' is taken.");
    }
    return users.save(
        new User(
            UUID.randomUUID(),
            tenant,
            username,
            passwords.hash(password),
            role,
            scopes.write(scope),
            true,
            oneTime,
            0,
            null,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            null));
  }
}
