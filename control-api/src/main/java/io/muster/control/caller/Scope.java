package io.muster.control.caller;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a user or token to a part of the tenant. Each entry grants; none at all = the whole
 * tenant.
 *
 * @param servers ids of servers, with all that is on them
 * @param groups {@code <group>} = of every server, {@code <server id>/<group>} = of this one
 * @param tags servers that carry one of them, with all that is on them, and VMs that do
 * @param vmIds {@code <server id>/<vmId>}
 */
public record Scope(Set<UUID> servers, Set<String> groups, Set<String> tags, Set<String> vmIds)
    implements Serializable {
  public static final Scope ALL = new Scope(Set.of(), Set.of(), Set.of(), Set.of());

  private static final long serialVersionUID = 1L;

  public Scope {
    servers = sorted(servers);
    groups = sorted(groups);
    tags = sorted(tags);
    vmIds = sorted(vmIds);
  }

  /** In the same order whenever it is told. */
  private static <T extends Comparable<? super T>> Set<T> sorted(Set<T> entries) {
    return Collections.unmodifiableSet(new TreeSet<>(entries));
  }

  /**
   * An entry that may name a server before its first slash. Groups may have slashes of their own,
   * as Proxmox's nested pools do.
   *
   * @param server null = none is named
   */
  record Entry(@Nullable UUID server, String name) {
    private static final int UUID_LENGTH = 36;

    static Entry of(String text) {
      if (text.indexOf('/') == UUID_LENGTH) {
        try {
          return new Entry(
              UUID.fromString(text.substring(0, UUID_LENGTH)), text.substring(UUID_LENGTH + 1));
        } catch (IllegalArgumentException e) {
          // A group whose name is as long as an id.
        }
      }
      return new Entry(null, text);
    }
  }

  public boolean isAll() {
    return servers.isEmpty() && groups.isEmpty() && tags.isEmpty() && vmIds.isEmpty();
  }

  /** Whether a server of the tenant is granted with all that is on it. */
  public boolean grants(UUID server, Collection<String> tagsOfServer) {
    return isAll() || servers.contains(server) || tagsOfServer.stream().anyMatch(tags::contains);
  }

  /** Servers of which a group or a VM is granted by name: themselves seen by name and status. */
  public Set<UUID> serversInPart() {
    return Stream.concat(groups.stream(), vmIds.stream())
        .map(entry -> Entry.of(entry).server())
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }
}
