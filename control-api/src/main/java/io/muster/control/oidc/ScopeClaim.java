package io.muster.control.oidc;

import io.micronaut.http.HttpStatus;
import io.muster.control.caller.Scope;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.ServerDirectory;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a claim's entries grant: {@code server:pve-1}, {@code group:shop}, {@code
 * group:name:pve-1/shop}, {@code tag:customer-a}, {@code vm:pve-1/qemu:101}, or {@code *} for the
 * whole tenant. One that is not understood, or names a server that is not there, grants nothing.
 */
final class ScopeClaim {
  /** Grants the whole tenant. */
  private static final String EVERYTHING = "*";

  private static final String BY_NAME = "name:";

  /** An empty scope would be the whole tenant: this id is no server's. */
  private static final UUID NOWHERE = new UUID(0, 0);

  private final String claim;
  private final ServerDirectory directory;

  /**
   * @param claim its name, for whoever has none
   */
  ScopeClaim(String claim, ServerDirectory directory) {
    this.claim = claim;
    this.directory = directory;
  }

  /**
   * The scope; blocks on the database.
   *
   * @throws ProblemException 403 when there are no entries
   */
  Scope read(UUID tenant, Collection<String> entries) {
    if (entries.isEmpty()) {
      throw ProblemException.of(
          HttpStatus.FORBIDDEN,
          "no-scope",
          "Your sign-in says nothing in '" + claim + "' of what you may see.");
    }
    return entries.contains(EVERYTHING)
        ? Scope.ALL
        : new Reading(directory.named(tenant)).of(entries);
  }

  /** Reads the entries of one claim. */
  private static final class Reading {
    private final Map<String, UUID> named;
    private final Set<UUID> servers = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Set<String> vms = new HashSet<>();

    Reading(Map<String, UUID> named) {
      this.named = named;
    }

    Scope of(Collection<String> entries) {
      entries.forEach(this::take);
      Scope scope = new Scope(servers, groups, tags, vms);
      return scope.isAll() ? new Scope(Set.of(NOWHERE), Set.of(), Set.of(), Set.of()) : scope;
    }

    private void take(String entry) {
      int colon = entry.indexOf(':');
      String what = entry.substring(colon + 1).strip();
      if (colon < 0 || what.isEmpty()) {
        return;
      }
      switch (entry.substring(0, colon)) {
        case "server" -> server(what).ifPresent(servers::add);
        case "group" -> group(what).ifPresent(groups::add);
        case "tag" -> tags.add(what);
        case "vm" -> onServer(what).ifPresent(vms::add);
        default -> {}
      }
    }

    /** Groups have slashes of their own. */
    private Optional<String> group(String text) {
      return text.startsWith(BY_NAME) ? onServer(text) : Optional.of(text);
    }

    /** {@code <server>/<what>} with the server's id; names of servers have no slash. */
    private Optional<String> onServer(String text) {
      int slash = text.indexOf('/');
      return slash < 1 || slash == text.length() - 1
          ? Optional.empty()
          : server(text.substring(0, slash)).map(id -> id + text.substring(slash));
    }

    private Optional<UUID> server(String reference) {
      try {
        return Optional.of(UUID.fromString(reference));
      } catch (IllegalArgumentException e) {
        String name =
            reference.startsWith(BY_NAME) ? reference.substring(BY_NAME.length()) : reference;
        return Optional.ofNullable(named.get(name));
      }
    }
  }
}
