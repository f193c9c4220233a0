package io.muster.control.caller;

import io.muster.control.problem.ProblemException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may see, at the moment it was made: the one place that decides it, in memory and
 * as a condition for reads of QuestDB. Another tenant's servers are in none of its answers.
 */
public final class Sight {
  private static final String BY_NAME = "name:";

  /** By id; in an order that two callers of the same scope share. */
  private final Map<UUID, TenantServer> servers = new TreeMap<>();

  /** Of servers that are not granted whole. */
  private final Map<UUID, Part> parts = new TreeMap<>();

  private final Set<UUID> whole = new TreeSet<>();
  private final Set<String> groups = new TreeSet<>();
  private final Set<String> tags;
  private final Scope scope;

  /** How much of a server is seen. */
  public enum Extent {
    WHOLE,
    /** Single VMs of it are granted: its name and status, neither settings nor measurements. */
    NAME_AND_STATUS,
    NONE
  }

  /** What of one server is granted by name. */
  private record Part(Set<String> groups, Set<String> vmIds) {
    Part() {
      this(new TreeSet<>(), new TreeSet<>());
    }
  }

  /**
   * @param tenantServers all servers of the caller's tenant
   */
  public Sight(Scope scope, Collection<TenantServer> tenantServers) {
    this.scope = scope;
    tags = new TreeSet<>(scope.tags());
    for (TenantServer server : tenantServers) {
      servers.put(server.id(), server);
      if (scope.grants(server.id(), server.tags())) {
        whole.add(server.id());
      }
    }
    scope.groups().stream()
        .map(Scope.Entry::of)
        .forEach(entry -> {
          if (entry.server() == null) {
            groups.add(entry.name());
          } else {
            part(entry.server()).groups().add(entry.name());
          }
        });
    scope.vmIds().stream()
        .map(Scope.Entry::of)
        .forEach(entry -> {
          if (entry.server() != null) {
            part(entry.server()).vmIds().add(entry.name());
          }
        });
    parts.keySet().retainAll(servers.keySet());
    parts.keySet().removeAll(whole);
  }

  private Part part(UUID server) {
    return parts.computeIfAbsent(server, _ -> new Part());
  }

  /** Whether nothing of the tenant is kept from the caller. */
  public boolean isWholeTenant() {
    return scope.isAll();
  }

  public Extent of(UUID server) {
    if (whole.contains(server)) {
      return Extent.WHOLE;
    }
    return parts.containsKey(server) ? Extent.NAME_AND_STATUS : Extent.NONE;
  }

  /** How much of one is seen that may be gone: then as it was. */
  public Extent of(TenantServer server) {
    return servers.containsKey(server.id())
        ? of(server.id())
        : new Sight(scope, List.of(server)).of(server.id());
  }

  /** Ids of the servers that are seen whole. */
  public Set<UUID> whole() {
    return Collections.unmodifiableSet(whole);
  }

  /** Ids of the servers that are seen by name and status. */
  public Set<UUID> inPart() {
    return Collections.unmodifiableSet(parts.keySet());
  }

  /** Whether the server itself is seen, with all that is on it. */
  public boolean seesWhole(UUID server) {
    return whole.contains(server);
  }

  /** Whether the server is seen, if only by name and status. */
  public boolean sees(UUID server) {
    return of(server) != Extent.NONE;
  }

  /**
   * Whether a VM is seen.
   *
   * @param group its {@code vm_group}; null = none, or not known
   * @param tagsOfVm its own, as {@code vm_states.tags} has them
   */
  public boolean seesVm(
      UUID server, String vmId, @Nullable String group, Collection<String> tagsOfVm) {
    if (!servers.containsKey(server)) {
      return false;
    }
    if (whole.contains(server)
        || (group != null && groups.contains(group))
        || tagsOfVm.stream().anyMatch(tags::contains)) {
      return true;
    }
    Part part = parts.get(server);
    return part != null
        && (part.vmIds().contains(vmId) || (group != null && part.groups().contains(group)));
  }

  /** Whether a site is seen: the callers of a part need those of their servers. */
  public boolean seesSite(UUID site) {
    return scope.isAll()
        || servers.values().stream()
            .anyMatch(server -> server.site().equals(site) && sees(server.id()));
  }

  /** How many servers of a site are seen. */
  public long serversOf(UUID site) {
    return servers.values().stream()
        .filter(server -> server.site().equals(site) && sees(server.id()))
        .count();
  }

  /**
   * The server itself, for what is of all of it: nodes, storages, connection.
   *
   * @param reference its UUID, or {@code name:} and its name
   * @throws ProblemException 404 when it is not seen, 403 when it is by name and status only
   */
  public TenantServer require(String reference) {
    TenantServer server =
        lookUp(reference)
            .filter(found -> sees(found.id()))
            .orElseThrow(() -> ProblemException.notFound("server", reference));
    if (!seesWhole(server.id())) {
      throw notWhole(server.name());
    }
    return server;
  }

  /** 403 for what is of all of a server that is seen by name and status. */
  public static ProblemException notWhole(String name) {
    return ProblemException.forbidden(
        "You see single VMs of server '" + name + "', not the server itself.");
  }

  /**
   * The server of a VM; whether the VM is seen is still to be asked with {@link #seesVm}.
   *
   * @param reference its UUID, or {@code name:} and its name
   * @throws ProblemException {@link #noVm}
   */
  public TenantServer requireForVm(String reference, String vmId) {
    return lookUp(reference)
        .filter(server -> mayHaveVms(server.id()))
        .orElseThrow(() -> noVm(reference, vmId));
  }

  /**
   * A server of which the caller may hear: itself, or of VMs on it.
   *
   * @param reference its UUID, or {@code name:} and its name
   * @throws ProblemException 404 when nothing of it is seen
   */
  public TenantServer requireForEvents(String reference) {
    return lookUp(reference)
        .filter(server -> mayHaveVms(server.id()))
        .orElseThrow(() -> ProblemException.notFound("server", reference));
  }

  /** 404 for a VM that is not seen, in the same words whether it, or its server, is there. */
  public static ProblemException noVm(String reference, String vmId) {
    return ProblemException.notFound("VM", reference + "/" + vmId);
  }

  /** Groups and tags that are granted everywhere may be on any server. */
  private boolean mayHaveVms(UUID server) {
    return sees(server) || !(groups.isEmpty() && tags.isEmpty());
  }

  private Optional<TenantServer> lookUp(String reference) {
    if (reference.startsWith(BY_NAME)) {
      String name = reference.substring(BY_NAME.length());
      return servers.values().stream().filter(server -> server.name().equals(name)).findFirst();
    }
    try {
      return Optional.ofNullable(servers.get(UUID.fromString(reference)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * For rows of VMs that know their group and tags: {@code vm_states}, {@code vm_now}. Of other
   * tables, ask by the {@code vm_id}s that were found there.
   *
   * @param alias of the relation in the statement
   */
  public Condition vms(String alias) {
    String server = alias + ".server_id";
    Condition anywhere = Condition.in(alias + ".vm_group", groups);
    for (String tag : tags) {
      anywhere = anywhere.or(tagged(alias + ".tags", tag));
    }
    Condition seen = wholeServers(alias).or(Condition.in(server, texts(others())).and(anywhere));
    for (Map.Entry<UUID, Part> part : parts.entrySet()) {
      Condition named =
          Condition.in(alias + ".vm_group", part.getValue().groups())
              .or(Condition.in(alias + ".vm_id", part.getValue().vmIds()));
      seen = seen.or(Condition.in(server, List.of(part.getKey().toString())).and(named));
    }
    return seen;
  }

  /** For rows of what is of all of a server: nodes, storages, quotas, connection. */
  public Condition wholeServers(String alias) {
    return Condition.in(alias + ".server_id", texts(whole));
  }

  /** For a server's name and status and nothing else of its rows. */
  public Condition servers(String alias) {
    Set<UUID> seen = new TreeSet<>(whole);
    seen.addAll(parts.keySet());
    return Condition.in(alias + ".server_id", texts(seen));
  }

  private Set<UUID> others() {
    Set<UUID> others = new TreeSet<>(servers.keySet());
    others.removeAll(whole);
    return others;
  }

  /** Lists are written as {@code ;a;b;}. */
  private static Condition tagged(String column, String tag) {
    return new Condition("strpos(" + column + ", ?) > 0", List.of(";" + tag + ";"));
  }

  private static List<String> texts(Set<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }
}
