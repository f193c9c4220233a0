package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.schema.Release;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's users, tokens and access list. All nodes share it. Safe for use by several threads.
 */
public final class AccessControl {
  /** The one user for whom no access list counts. */
  public static final String ROOT = "root@pam";

  private static final Set<String> ALWAYS_SHOWN =
      Set.of("/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms");

  private final Map<String, Set<String>> roles;
  private final InstantSource clock;
  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final Map<String, ApiToken> tokens = new ConcurrentHashMap<>();
  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final Map<String, Long> expired = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> limits = new ConcurrentHashMap<>();

  public AccessControl(Release release, InstantSource clock) {
    this.roles = Roles.of(release);
    this.clock = clock;
  }

  public void add(User user) {
    users.put(user.id(), user);
  }

  /** Adds or replaces a token; its user must exist. */
  public void add(ApiToken token) {
    if (!users.containsKey(token.user())) {
      throw new IllegalArgumentException("No user '" + token.user() + "' for " + token);
    }
    tokens.put(token.id(), token);
  }

  /** Adds a line; a role that this release does not have is refused. */
  public void add(Grant grant) {
    if (!roles.containsKey(grant.role())) {
      throw new IllegalArgumentException("role '" + grant.role() + "' does not exist");
    }
    grants.add(grant);
  }

  /** Makes a token end at the given time; later requests get 401. */
  public void expire(String tokenId, long epochSeconds) {
    ApiToken token = tokens.get(tokenId);
    if (token == null) {
      throw new IllegalArgumentException("no such token '" + tokenId + "'");
    }
    tokens.put(tokenId, token.expiring(epochSeconds));
  }

  /** Refuses the name of a token that does not exist. */
  public void requireToken(String tokenId) {
    if (!tokens.containsKey(tokenId)) {
      throw new IllegalArgumentException(
          "No token '"
              + tokenId
              + "': there are "
              + String.join(", ", new TreeSet<>(tokens.keySet())));
    }
  }

  /** Lets these tokens be past their end, and all others be as they were made. */
  public void holdExpired(Set<String> tokenIds) {
    expired.keySet().retainAll(tokenIds);
    tokenIds.forEach(id -> expired.putIfAbsent(id, nowSeconds()));
  }

  /** Refuses privileges that this release does not have. */
  public void requirePrivileges(Set<String> names) {
    Set<String> known = new TreeSet<>();
    roles.values().forEach(known::addAll);
    if (!known.containsAll(names)) {
      Set<String> unknown = new TreeSet<>(names);
      unknown.removeAll(known);
      throw new IllegalArgumentException(
          "No privilege " + String.join(", ", unknown) + ": there are " + String.join(", ", known));
    }
  }

  /** Lets a user have no other privileges than these, whatever the roles say; null for all. */
  public void holdLimit(String user, @Nullable Set<String> kept) {
    if (kept == null) {
      limits.remove(user);
    } else {
      limits.put(user, Set.copyOf(kept));
    }
  }

  Map<String, Set<String>> roles() {
    return roles;
  }

  List<Grant> grants() {
    return List.copyOf(grants);
  }

  Map<String, User> users() {
    return new TreeMap<>(users);
  }

  @Nullable User user(String id) {
    return users.get(id);
  }

  @Nullable ApiToken token(String id) {
    ApiToken token = tokens.get(id);
    return token == null ? null : asHeld(token);
  }

  List<ApiToken> tokensOf(String user) {
    return tokens.values().stream()
        .filter(token -> token.user().equals(user))
        .map(this::asHeld)
        .toList();
  }

  private ApiToken asHeld(ApiToken token) {
    Long since = expired.get(token.id());
    return since == null ? token : token.expiring(since);
  }

  boolean isUsable(User user) {
    return user.enabled() && !isPast(user.expire());
  }

  boolean isPast(long expire) {
    return expire != 0 && expire <= nowSeconds();
  }

  long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  /**
   * Privileges on a path, each with 1 when it also holds below.
   *
   * @param subject a user or the full id of a token
   */
  Map<String, Integer> privileges(String subject, String path) {
    ApiToken token = tokens.get(subject);
    if (token == null) {
      return privilegesOf(subject, path);
    }
    Map<String, Integer> users = privilegesOf(token.user(), path);
    if (!token.separated()) {
      return users;
    }
    Map<String, Integer> own = privilegesOf(subject, path);
    own.keySet().retainAll(users.keySet());
    own.replaceAll((name, propagates) -> Math.min(propagates, users.getOrDefault(name, 0)));
    return own;
  }

  /** Every path of the access list on which the subject may do something. */
  Map<String, Map<String, Integer>> allPrivileges(String subject) {
    Set<String> paths = new TreeSet<>(ALWAYS_SHOWN);
    grants.forEach(grant -> paths.add(grant.path()));
    Map<String, Map<String, Integer>> all = new TreeMap<>();
    for (String path : paths) {
      Map<String, Integer> privileges = privileges(subject, path);
      if (!privileges.isEmpty()) {
        all.put(path, privileges);
      }
    }
    return all;
  }

  private Map<String, Integer> privilegesOf(String subject, String path) {
    Map<String, Integer> privileges = new TreeMap<>();
    if (subject.equals(ROOT)) {
      roles.getOrDefault(Roles.ADMINISTRATOR, Set.of()).forEach(name -> privileges.put(name, 1));
      return privileges;
    }
    Map<String, Boolean> held = rolesOn(subject, path);
    if (held.containsKey(Roles.NO_ACCESS)) {
      return privileges;
    }
    held.forEach((role, propagates) ->
        roles
            .getOrDefault(role, Set.of())
            .forEach(name -> privileges.merge(name, propagates ? 1 : 0, Math::max)));
    Set<String> limit = limits.get(subject);
    if (limit != null) {
      privileges.keySet().retainAll(limit);
    }
    return privileges;
  }

  /** The lines of the deepest path that has any for the subject replace those above. */
  private Map<String, Boolean> rolesOn(String subject, String path) {
    Map<String, Boolean> held = new TreeMap<>();
    for (String step : stepsTo(path)) {
      Map<String, Boolean> here = new TreeMap<>();
      for (Grant grant : grants) {
        if (grant.subject().equals(subject)
            && grant.path().equals(step)
            && (grant.propagates() || step.equals(path))) {
          here.put(grant.role(), grant.propagates());
        }
      }
      held = here.isEmpty() ? held : here;
    }
    return held;
  }

  private static List<String> stepsTo(String path) {
    List<String> steps = new ArrayList<>(List.of("/"));
    for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
      steps.add(path.substring(0, i));
    }
    if (path.length() > 1) {
      steps.add(path);
    }
    return steps;
  }
}
