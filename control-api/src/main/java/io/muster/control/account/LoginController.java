package io.muster.control.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Actor;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.caller.ClientAddress;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.problem.Fields;
import io.muster.control.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and one's own password. */
@Controller("/api/v1")
@Tag(name = "login")
class LoginController {
  private final Login login;
  private final Sessions sessions;
  private final UserRepository users;
  private final Passwords passwords;
  private final FirstAdmin firstAdmin;
  private final ClientAddress addresses;
  private final Audit audit;

  /** Who signs in. */
  @Serdeable
  record Credentials(
      @Schema(example = "admin") @Nullable String username,
      @Schema(example = "correct horse battery staple", format = "password")
          @Nullable String password) {
    @Override
    public String toString() {
      return "Credentials[" + username + "]";
    }
  }

  /** The refresh token of the last answer. */
  @Serdeable
  record RefreshRequest(
      @Schema(example = "mrt_0nlyAnExample0nlyAnExample0nlyAnExample0nl")
          @Nullable String refreshToken) {
    @Override
    public String toString() {
      return "RefreshRequest[***]";
    }
  }

  /** The password in force, and the next one. */
  @Serdeable
  record PasswordChange(
      @Schema(example = "kR3vwQ8mZc5pXt2nYh7b", format = "password")
          @Nullable String currentPassword,
      @Schema(example = "correct horse battery staple", format = "password")
          @Nullable String newPassword) {
    @Override
    public String toString() {
      return "PasswordChange[***]";
    }
  }

  LoginController(
      Login login,
      Sessions sessions,
      UserRepository users,
      Passwords passwords,
      FirstAdmin firstAdmin,
      ClientAddress addresses,
      Audit audit) {
    this.login = login;
    this.sessions = sessions;
    this.users = users;
    this.passwords = passwords;
    this.firstAdmin = firstAdmin;
    this.addresses = addresses;
    this.audit = audit;
  }

  @Post("/login")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @SecurityRequirements
  @Operation(summary = "Sign in with name and password")
  @Answers.SignsIn
  Session signIn(@Body Credentials credentials, HttpRequest<?> request) {
    Fields fields = new Fields();
    String username = fields.present("username", credentials.username(), "");
    String password = fields.present("password", credentials.password(), "");
    fields.check();
    String address = addresses.of(request);
    User user = login.check(username, password, address);
    audit.record(
        user.tenantId(),
        new Actor(user.username(), user.role().label(), address),
        "login",
        subject(user),
        "");
    return sessions.begin(user);
  }

  @Post("/login/refresh")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @SecurityRequirements
  @Operation(
      summary = "Go on with a login",
      description =
          "Gives the next access and refresh token. A refresh token is good for one use; shown"
              + " twice, the whole login ends.")
  @Answers.SignsIn
  Session refresh(@Body RefreshRequest body, HttpRequest<?> request) {
    Fields fields = new Fields();
    String token = fields.present("refreshToken", body.refreshToken(), "");
    fields.check();
    return sessions
        .refresh(token, addresses.of(request))
        .orElseThrow(() ->
            ProblemException.of(
                HttpStatus.UNAUTHORIZED,
                "login-ended",
                "This login has ended: sign in with name and password."));
  }

  @Post("/logout")
  @Status(HttpStatus.NO_CONTENT)
  @Secured(Role.MAY_CHANGE_PASSWORD)
  @Operation(summary = "End this login; its tokens are good for nothing any more")
  @Answers.Changes
  void signOut(@Parameter(hidden = true) Caller caller) {
    if (caller.session() != null) {
      sessions.end(caller.session());
    }
  }

  @Put("/me/password")
  @Status(HttpStatus.NO_CONTENT)
  @Secured(Role.MAY_CHANGE_PASSWORD)
  @Operation(
      summary = "Change one's own password",
      description = "Ends every other login of the same person.")
  @Answers.Changes
  void changePassword(@Parameter(hidden = true) Caller caller, @Body PasswordChange change) {
    Fields fields = new Fields();
    String current = fields.present("currentPassword", change.currentPassword(), "");
    Passwords.check(fields, "newPassword", change.newPassword());
    if (current.equals(change.newPassword())) {
      fields.wrong("newPassword", "must be another one than before");
    }
    fields.check();
    User user;
    try {
      user = login.check(caller.name(), current, caller.address());
    } catch (ProblemException e) {
      // Not 401: the token is good, and a client would throw it away.
      throw e.status() == HttpStatus.UNAUTHORIZED
          ? ProblemException.invalid("currentPassword", "is wrong, or the account is locked")
          : e;
    }
    change(caller, user, String.valueOf(change.newPassword()));
    firstAdmin.passwordChanged(user);
  }

  @Transactional
  void change(Caller caller, User user, String password) {
    users.setPassword(user.id(), passwords.hash(password), false);
    if (caller.session() != null) {
      sessions.endOthers(user.id(), caller.session());
    }
    audit.record(caller, "change-password", subject(user), "");
  }

  private static Subject subject(User user) {
    return Subject.of("user", user.id(), user.username());
  }
}
