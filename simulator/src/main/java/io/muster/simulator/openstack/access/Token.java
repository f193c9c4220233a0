package io.muster.simulator.openstack.access;

import io.muster.simulator.openstack.model.Project;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was given out.
 *
 * @param scope what it is good for
 * @param method such as {@code password}
 * @param credential with which it was got, or null
 */
public record Token(
    String id,
    Account user,
    Scope scope,
    String method,
    @Nullable ApplicationCredential credential,
    String auditId,
    Instant issued,
    Instant expires) {

  /** What a token is good for. */
  public sealed interface Scope {
    /** For a new token. */
    record None() implements Scope {}

    /** For one project. */
    record OfProject(Project project, Role role) implements Scope {}

    /** For the whole cloud, in no project. */
    record OfSystem() implements Scope {}
  }

  /** The id of its project, or nothing. */
  public String project() {
    return scope instanceof Scope.OfProject(Project project, Role _) ? project.id() : "";
  }

  /** Its strongest role, or null where it has none. */
  public @Nullable Role role() {
    return switch (scope) {
      case Scope.None _ -> null;
      case Scope.OfProject(Project _, Role role) -> role;
      case Scope.OfSystem _ -> Role.ADMIN;
    };
  }

  public boolean isAdmin() {
    return role() == Role.ADMIN;
  }

  /** The same, over at that moment. */
  Token endingAt(Instant end) {
    return new Token(id, user, scope, method, credential, auditId, issued, end);
  }

  @Override
  public String toString() {
    return "Token[" + user.name() + ", " + scope + "]";
  }
}
