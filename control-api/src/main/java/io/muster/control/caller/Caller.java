package io.muster.control.caller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person or a script.
 *
 * @param id of the user or API token
 * @param home whether the tenant is the one whose admins look after the installation
 * @param scope what of the tenant's servers it sees
 * @param passwordIsOneTime a person who may do nothing before changing the password
 * @param session the login that the access token belongs to; null = an API token
 * @param address where the request came from
 */
public record Caller(
    UUID id,
    String name,
    UUID tenant,
    boolean home,
    Role role,
    Scope scope,
    boolean passwordIsOneTime,
    @Nullable UUID session,
    String address)
    implements Identity {
  private static final long serialVersionUID = 1L;

  public Caller {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(role, "role");
  }

  /** Whether this is an admin of the whole installation, who makes tenants. */
  public boolean administersInstallation() {
    return home && role == Role.ADMIN;
  }

  /** As the audit names it: people by their name, API tokens as {@code token:<name>}. */
  public String who() {
    return session == null ? "token:" + name : name;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Collection<String> getRoles() {
    List<String> roles = new ArrayList<>();
    if (!passwordIsOneTime) {
      roles.addAll(role.granted());
    }
    if (session != null) {
      roles.add(Role.MAY_CHANGE_PASSWORD);
    }
    return roles;
  }
}
