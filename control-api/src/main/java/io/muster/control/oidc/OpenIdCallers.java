package io.muster.control.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.http.HttpStatus;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.ServerDirectory;
import io.muster.control.settings.OidcSettings;
import io.muster.control.site.Tenant;
import io.muster.control.site.Tenants;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a token's claims make a caller: somebody with one of our roles, in one of our tenants. */
final class OpenIdCallers {
  /** With {@code oidc:} before it, as long a name as any that is kept. */
  private static final int MAX_NAME = 58;

  private final OidcSettings settings;
  private final Tenants tenants;
  private final @Nullable ScopeClaim scopes;

  OpenIdCallers(OidcSettings settings, Tenants tenants, ServerDirectory servers) {
    this.settings = settings;
    this.tenants = tenants;
    String claim = settings.scopeClaim();
    scopes = claim == null ? null : new ScopeClaim(claim, servers);
  }

  /**
   * The caller.
   *
   * @throws ProblemException 403 without a role or tenant of ours, or without a scope that there
   *     has to be
   */
  Caller of(JWTClaimsSet claims, String address) {
    String subject = claims.getSubject();
    Role role =
        role(texts(claims, settings.roleClaim()))
            .orElseThrow(() ->
                refused(
                    "no-role",
                    "Your sign-in has no role for Muster in '" + settings.roleClaim() + "'."));
    Tenant tenant =
        tenant(claims)
            .orElseThrow(() ->
                refused(
                    "unknown-tenant",
                    "Your sign-in names no tenant of Muster in '" + settings.tenantClaim() + "'."));
    return new Caller(
        Caller.Kind.OPENID,
        UUID.nameUUIDFromBytes(
            (settings.issuer() + " " + subject).getBytes(StandardCharsets.UTF_8)),
        name(claims.getClaim("preferred_username"), subject),
        tenant.id(),
        tenant.home(),
        role,
        scope(claims, role, tenant),
        false,
        null,
        address);
  }

  /** The highest of those that are given. */
  private Optional<Role> role(Collection<String> given) {
    return Stream.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER)
        .filter(role -> given.stream().anyMatch(values(role)::contains))
        .findFirst();
  }

  private Set<String> values(Role role) {
    return switch (role) {
      case ADMIN -> settings.admin();
      case OPERATOR -> settings.operator();
      case VIEWER -> settings.viewer();
    };
  }

  private Optional<Tenant> tenant(JWTClaimsSet claims) {
    String claim = settings.tenantClaim();
    if (claim == null) {
      return Optional.of(tenants.home());
    }
    List<String> named = texts(claims, claim);
    return named.size() == 1 ? tenants.named(named.getFirst()) : Optional.empty();
  }

  /** An admin always has the whole tenant. */
  private Scope scope(JWTClaimsSet claims, Role role, Tenant tenant) {
    String claim = settings.scopeClaim();
    return scopes == null || claim == null || role == Role.ADMIN
        ? Scope.ALL
        : scopes.read(tenant.id(), texts(claims, claim));
  }

  private static String name(@Nullable Object preferred, String subject) {
    String name = preferred instanceof String text && !text.isBlank() ? text : subject;
    return name.substring(0, Math.min(MAX_NAME, name.length())).replaceAll("\\p{Cntrl}", " ");
  }

  /** A claim's texts: of that very name, or step by step through the objects that hold it. */
  private static List<String> texts(JWTClaimsSet claims, String path) {
    Object value = claims.getClaim(path);
    if (value == null) {
      value = claims.getClaims();
      for (String step : path.split("\\.", -1)) {
        value = value instanceof Map<?, ?> object ? object.get(step) : null;
      }
    }
    return switch (value) {
      case String text -> List.of(text);
      case Collection<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  private static ProblemException refused(String code, String detail) {
    return ProblemException.of(HttpStatus.FORBIDDEN, code, detail);
  }
}
