package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a call's path names, or answers as the real server when it is missing. */
final class Lookup {
  private final Cluster cluster;

  Lookup(Cluster cluster) {
    this.cluster = cluster;
  }

  Node node(Call call) throws ApiException {
    String name = call.required("node");
    Node node = cluster.node(name.equals("localhost") ? call.entryNode() : name);
    if (node == null) {
      throw ApiException.of(
          500,
          "hostname lookup '%s' failed - failed to get address info for: %s: Name or service not known"
              .formatted(name, name));
    }
    return node;
  }

  int vmid(Call call) {
    return Integer.parseInt(call.required("vmid"));
  }

  /** The guest, which must be of the type and on the node that the path names. */
  Guest guest(Call call, GuestType type) throws ApiException {
    Node node = node(call);
    Guest guest = guestOn(node.name(), vmid(call), type);
    if (guest == null) {
      throw ApiException.of(500, missing(node.name(), vmid(call), type));
    }
    return guest;
  }

  /** The guest if it is of the type and on the node, else null. */
  @Nullable Guest guestOn(String node, int vmid, GuestType type) {
    Guest guest = cluster.guest(vmid);
    return guest != null && guest.type() == type && guest.node().equals(node) ? guest : null;
  }

  static String missing(String node, int vmid, GuestType type) {
    return "Configuration file 'nodes/%s/%s/%d.conf' does not exist"
        .formatted(node, type.folder(), vmid);
  }

  Storage storage(Call call) throws ApiException {
    Storage storage = cluster.facilities().storage(call.required("storage"));
    if (storage == null) {
      throw ApiException.badParameters(Map.of("storage", "No such storage."));
    }
    return storage;
  }
}
