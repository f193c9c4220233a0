package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a world has at a moment, as it knows itself: not what its API would tell. */
public record WorldState(
    String version,
    @Nullable String clusterName,
    long timeSeconds,
    List<NodeState> nodes,
    List<GuestState> guests,
    List<String> storages) {
  public WorldState {
    nodes = List.copyOf(nodes);
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
  }

  /** A member. */
  public record NodeState(String name, String address, boolean up) {}

  /**
   * A guest.
   *
   * @param type {@code qemu} or {@code lxc}
   * @param state {@code running}, {@code paused}, {@code stopped}; {@code absent} while its node is
   *     down
   */
  public record GuestState(
      int vmid,
      String type,
      @Nullable String name,
      String node,
      String state,
      @Nullable String lock) {}

  static WorldState of(Cluster cluster) {
    return new WorldState(
        cluster.version().full(),
        cluster.settings().name(),
        cluster.now() / 1000,
        cluster.members().stream().map(WorldState::node).toList(),
        cluster.guests().stream().map(WorldState::guest).toList(),
        cluster.facilities().storages().stream().map(storage -> storage.id()).toList());
  }

  private static NodeState node(Node node) {
    return new NodeState(node.name(), node.address(), node.isUp());
  }

  private static GuestState guest(Guest guest) {
    return new GuestState(
        guest.vmid(),
        guest.type().word(),
        guest.config().name(),
        guest.node(),
        guest.state().name().toLowerCase(Locale.ROOT),
        guest.lock());
  }
}
