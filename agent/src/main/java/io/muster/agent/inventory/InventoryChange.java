package io.muster.agent.inventory;

import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What differs between two inventories, by id.
 *
 * @param added names
 * @param removed names
 * @param changed names
 * @param renames sentences for the log: without an id, another name is another server
 */
record InventoryChange(
    List<String> added, List<String> removed, List<String> changed, List<String> renames) {
  InventoryChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    renames = List.copyOf(renames);
  }

  static InventoryChange between(InventoryLoader.Loaded before, InventoryLoader.Loaded after) {
    Map<ServerId, ReadServer> old = byId(before);
    Map<ServerId, ReadServer> fresh = byId(after);
    List<ReadServer> added = without(after, old);
    List<ReadServer> removed = without(before, fresh);
    List<String> changed = new ArrayList<>();
    fresh.forEach((id, server) -> {
      ReadServer was = old.get(id);
      if (was != null && !was.server().equals(server.server())) {
        changed.add(server.name());
      }
    });
    return new InventoryChange(names(added), names(removed), changed, renames(added, removed));
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  String summary() {
    return isEmpty()
        ? "no server changed"
        : "added " + added + ", removed " + removed + ", changed " + changed;
  }

  private static Map<ServerId, ReadServer> byId(InventoryLoader.Loaded loaded) {
    Map<ServerId, ReadServer> servers = new LinkedHashMap<>();
    loaded.servers().forEach(server -> servers.put(server.server().entry().id(), server));
    return servers;
  }

  private static List<ReadServer> without(
      InventoryLoader.Loaded loaded, Map<ServerId, ReadServer> others) {
    return loaded.servers().stream()
        .filter(server -> !others.containsKey(server.server().entry().id()))
        .toList();
  }

  private static List<String> names(List<ReadServer> servers) {
    return servers.stream().map(ReadServer::name).toList();
  }

  private static List<String> renames(List<ReadServer> added, List<ReadServer> removed) {
    List<String> sentences = new ArrayList<>();
    for (ReadServer gone : removed) {
      for (ReadServer fresh : added) {
        if (!gone.ownId() && !fresh.ownId() && sameTarget(gone.server(), fresh.server())) {
          sentences.add(renamed(gone, fresh));
        }
      }
    }
    return sentences;
  }

  private static String renamed(ReadServer gone, ReadServer fresh) {
    return gone.name()
        + " is now "
        + fresh.name()
        + " and has no id: it is a new server, its rows start anew. To go on with the old ones, set"
        + " \"id\": \""
        + gone.server().entry().id()
        + "\"";
  }

  /** Whether two entries point at the same thing under whatever name. */
  private static boolean sameTarget(Server first, Server second) {
    return switch (first) {
      case ProxmoxServer one ->
          second instanceof ProxmoxServer other && one.urls().equals(other.urls());
      case KubernetesServer one ->
          second instanceof KubernetesServer other
              && one.access().equals(other.access())
              && Objects.equals(one.namespace(), other.namespace());
      case OpenStackServer one ->
          second instanceof OpenStackServer other
              && one.authUrl().equals(other.authUrl())
              && one.region().equals(other.region())
              && one.credential().equals(other.credential());
    };
  }
}
