package io.muster.control.account;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.caller.ScopeRequest;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's people. */
@Controller("/api/v1/users")
@Secured(Role.MAY_ADMINISTER)
@Tag(name = "users")
final class UserController {
  private final Users users;

  /** Somebody who is to have an account. */
  @Serdeable
  record NewUser(
      @Schema(example = "ada") @Nullable String username,
      @Schema(example = "operator") @Nullable String role,
      @Nullable ScopeRequest scope) {}

  /** What is absent stays as it is. */
  @Serdeable
  record UserChange(
      @Schema(example = "viewer") @Nullable String role,
      @Nullable ScopeRequest scope,
      @Schema(example = "true") @Nullable Boolean enabled) {}

  UserController(Users users) {
    this.users = users;
  }

  @Get
  @Operation(summary = "List the people of the tenant, by name")
  @Answers.Reads
  Page<UserView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return users.list(caller.tenant(), new PageQuery(page, size));
  }

  @Get("/{id}")
  @Operation(summary = "Show one person's account")
  @Answers.Reads
  UserView get(@Parameter(hidden = true) Caller caller, UUID id) {
    return users.get(caller.tenant(), id);
  }

  @Post
  @Status(HttpStatus.CREATED)
  @Operation(
      summary = "Make an account",
      description =
          "The answer has a one-time password, which is shown this once and has to be changed.")
  @Answers.Changes
  UserView create(@Parameter(hidden = true) Caller caller, @Body NewUser asked) {
    Fields fields = new Fields();
    String username = Users.readUsername("username", asked.username(), fields);
    Role role = Role.read("role", asked.role(), fields);
    Scope scope = ScopeRequest.read(asked.scope(), role, fields);
    fields.check();
    return users.create(caller, username, role, scope);
  }

  @Patch("/{id}")
  @Operation(summary = "Change role, scope, or whether somebody may sign in")
  @Answers.Changes
  UserView update(@Parameter(hidden = true) Caller caller, UUID id, @Body UserChange change) {
    UserView before = users.get(caller.tenant(), id);
    Fields fields = new Fields();
    Role role = change.role() == null ? before.role() : Role.read("role", change.role(), fields);
    Scope scope =
        change.scope() == null
            ? role == Role.ADMIN ? Scope.ALL : before.scope()
            : ScopeRequest.read(change.scope(), role, fields);
    fields.check();
    boolean enabled = change.enabled() == null ? before.enabled() : change.enabled();
    return users.update(caller, id, role, scope, enabled);
  }

  @Post("/{id}/password")
  @Operation(
      summary = "Give somebody a new one-time password",
      description = "Ends all of their logins, and a lock after wrong passwords.")
  @Answers.Changes
  UserView resetPassword(@Parameter(hidden = true) Caller caller, UUID id) {
    return users.resetPassword(caller, id);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an account; its logins end")
  @Answers.Changes
  void delete(@Parameter(hidden = true) Caller caller, UUID id) {
    users.delete(caller, id);
  }
}
