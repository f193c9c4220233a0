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
 * @param kind what stands for it
 * @param id of the user or API token, or made of the issuer's name for the person
 * @param home whether the tenant is the one whose admins look after the installation
 * @param scope what of the tenant's servers it sees
 * @param passwordIsOneTime a person who may do nothing before changing the password
 * @param session the login that the access token belongs to; null = another kind of token
 * @param address where the request came from
 */
public record Caller(
    Kind kind,
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

  /** What stands for a caller. */
  public enum Kind {
    /** A user of ours, signed in. */
    USER,
    API_TOKEN,
    /** Somebody for whom the OpenID Connect issuer speaks. */
    OPENID
  }

  public Caller {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(role, "role");
  }

  /** Whether this is an admin of the whole installation, who makes tenants. */
  public boolean administersInstallation() {
    return home && role == Role.ADMIN;
  }

  /** As the audit names it: users of ours by their name, others with what they are before it. */
  public String who() {
    return switch (kind) {
      case USER -> name;
      case API_TOKEN -> "token:" + name;
      case OPENID -> "oidc:" + name;
    };
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
