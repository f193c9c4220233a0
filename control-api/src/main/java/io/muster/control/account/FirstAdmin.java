package io.muster.control.account;

import io.muster.control.audit.Actor;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.crypto.PrivateFile;
import io.muster.control.settings.ControlSettings;
import io.muster.protocol.Secret;
import io.muster.settings.PlainFailureException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the account that makes the others. */
@Singleton
public final class FirstAdmin {
  /** Its user name. */
  public static final String USERNAME = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

  /** In the data folder; deleted once the password was changed. */
  private static final String FILE = "first-admin-password";

  private final ControlSettings settings;
  private final UserRepository users;
  private final NewUsers newUsers;
  private final Passwords passwords;
  private final Audit audit;

  FirstAdmin(
      ControlSettings settings,
      UserRepository users,
      NewUsers newUsers,
      Passwords passwords,
      Audit audit) {
    this.settings = settings;
    this.users = users;
    this.newUsers = newUsers;
    this.passwords = passwords;
    this.audit = audit;
  }

  /** Makes it in a tenant that has no users. */
  public void ensure(UUID home) {
    if (users.existsByTenantId(home)) {
      return;
    }
    Secret given = settings.adminPassword();
    User admin =
        newUsers.make(
            home,
            USERNAME,
            given == null ? written() : given.reveal(),
            Role.ADMIN,
            Scope.ALL,
            given == null);
    audit.record(
        home, Actor.SYSTEM, "create", Subject.of("user", admin.id(), USERNAME), "first start");
  }

  /** Called when a user has chosen a password: the file is of no more use then. */
  void passwordChanged(User user) {
    if (user.username().equals(USERNAME)) {
      try {
        Files.deleteIfExists(file());
      } catch (IOException e) {
        LOG.warn("Cannot delete {}, whose password is not in force any more: {}", file(), e);
      }
    }
  }

  private String written() {
    String password = passwords.oneTime();
    try {
      Files.deleteIfExists(file());
      PrivateFile.write(file(), password + "\n");
    } catch (IOException e) {
      throw new PlainFailureException(
          "Cannot write the first admin's password to %s: %s".formatted(file(), e.getMessage()), e);
    }
    LOG.info("Made the user '{}'; its one-time password is in {}", USERNAME, file());
    return password;
  }

  private Path file() {
    return settings.dataFolder().resolve(FILE);
  }
}
