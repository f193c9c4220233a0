package io.muster.control.caller;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Narrows a user or token to some of the tenant's servers: those named, and those with one of the
 * tags. Empty = all of them.
 */
public record Scope(Set<UUID> servers, Set<String> tags) implements Serializable {
  public static final Scope ALL = new Scope(Set.of(), Set.of());

  private static final long serialVersionUID = 1L;

  public Scope {
    servers = Set.copyOf(servers);
    tags = Set.copyOf(tags);
  }

  public boolean isAll() {
    return servers.isEmpty() && tags.isEmpty();
  }

  public boolean allows(UUID server, Collection<String> tagsOfServer) {
    return isAll() || servers.contains(server) || tagsOfServer.stream().anyMatch(tags::contains);
  }
}
