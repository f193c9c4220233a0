package io.muster.control.account;

import io.micronaut.data.model.Sort;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts of a tenant's people. */
@Singleton
public class Users {
  private final UserRepository users;
  private final NewUsers newUsers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final ScopeText scopes;
  private final Tenancy tenancy;
  private final Audit audit;

  Users(
      UserRepository users,
      NewUsers newUsers,
      Sessions sessions,
      Passwords passwords,
      ScopeText scopes,
      Tenancy tenancy,
      Audit audit) {
    this.users = users;
    this.newUsers = newUsers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.scopes = scopes;
    this.tenancy = tenancy;
    this.audit = audit;
  }

  /** Reads a request's user name; what is wrong goes to {@code fields}. */
  public static String readUsername(String field, @Nullable String text, Fields fields) {
    return fields.text(
        field,
        text == null ? null : text.toLowerCase(Locale.ROOT),
        NewUsers.USERNAME,
        NewUsers.USERNAME_EXPECTED);
  }

  Page<UserView> list(UUID tenant, PageQuery query) {
    var page = users.findByTenantId(tenant, query.sorted(Sort.Order.asc("username")));
    return Page.of(page.getContent(), query, page.getTotalSize()).map(this::view);
  }

  UserView get(UUID tenant, UUID id) {
    return view(require(tenant, id));
  }

  /** Makes an account with a one-time password, which is in the answer alone. */
  @Transactional
  UserView create(Caller caller, String username, Role role, Scope scope) {
    return create(caller, caller.tenant(), username, role, scope);
  }

  /**
   * The first admin of a new tenant.
   *
   * @return the one-time password
   */
  @Transactional
  public String createFirst(Caller caller, UUID tenant, String username) {
    return String.valueOf(
        create(caller, tenant, username, Role.ADMIN, Scope.ALL).oneTimePassword());
  }

  /** Deletes all accounts of a tenant that ends. */
  @Transactional
  public void deleteAll(UUID tenant) {
    users.deleteByTenantId(tenant);
  }

  @Transactional
  UserView update(Caller caller, UUID id, Role role, Scope scope, boolean enabled) {
    User before = require(caller.tenant(), id);
    User after = before.withAccess(role, scopes.write(scope), enabled);
    if (before.role() == Role.ADMIN && before.enabled() && !(role == Role.ADMIN && enabled)) {
      keepAnAdmin(caller.tenant());
    }
    users.update(after);
    if (!enabled) {
      sessions.endAllOf(id);
    }
    audit.record(
        caller,
        "update",
        subject(after),
        "role %s, %s, %s"
            .formatted(
                role.label(),
                enabled ? "enabled" : "disabled",
                scope.isAll() ? "all servers" : "narrowed"));
    return view(after);
  }

  /** A new one-time password; ends every login and a lock. */
  @Transactional
  UserView resetPassword(Caller caller, UUID id) {
    User user = require(caller.tenant(), id);
    String password = passwords.oneTime();
    users.setPassword(id, passwords.hash(password), true);
    sessions.endAllOf(id);
    audit.record(caller, "reset-password", subject(user), "");
    User after = require(caller.tenant(), id);
    return UserView.of(after, scopes.read(after.scope()), password);
  }

  @Transactional
  void delete(Caller caller, UUID id) {
    User user = require(caller.tenant(), id);
    if (user.role() == Role.ADMIN && user.enabled()) {
      keepAnAdmin(caller.tenant());
    }
    users.delete(user);
    audit.record(caller, "delete", subject(user), "");
  }

  private UserView create(Caller caller, UUID tenant, String username, Role role, Scope scope) {
    String password = passwords.oneTime();
    User user = newUsers.make(tenant, username, password, role, scope, true);
    audit.record(caller, "create", subject(user), "role " + role.label());
    return UserView.of(user, scope, password);
  }

  private void keepAnAdmin(UUID tenant) {
    UUID _ = tenancy.lock(tenant);
    if (users.countByTenantIdAndRoleAndEnabled(tenant, Role.ADMIN, true) <= 1) {
      throw ProblemException.conflict(
          "last-admin", "This is the last admin who can sign in: make another one first.");
    }
  }

  private User require(UUID tenant, UUID id) {
    return users
        .findByTenantIdAndId(tenant, id)
        .orElseThrow(() -> ProblemException.notFound("user", id.toString()));
  }

  private UserView view(User user) {
    return UserView.of(user, scopes.read(user.scope()), null);
  }

  private static Subject subject(User user) {
    return Subject.of("user", user.id(), user.username());
  }
}
