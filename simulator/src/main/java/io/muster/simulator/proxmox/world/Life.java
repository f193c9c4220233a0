package io.muster.simulator.proxmox.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.world.model.Backups;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.RunState;
import io.muster.simulator.proxmox.world.model.Snapshot;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens in a cluster that is in use: backups, snapshots, a guest switched on or off. */
final class Life {
  private static final long SHORTEST_PAUSE_MS = 20_000;
  private static final int LONGEST_PAUSE_MS = 70_000;
  private static final String SNAPSHOT = "auto";

  private final Cluster cluster;
  private final long seed;
  private long round;

  Life(Cluster cluster) {
    this.cluster = cluster;
    this.seed = cluster.settings().seed();
  }

  void begin() {
    long pause = SHORTEST_PAUSE_MS + Noise.below(LONGEST_PAUSE_MS, seed, 91, round);
    cluster
        .agenda()
        .at(
            cluster.now() + pause,
            () -> {
              happen();
              round++;
              begin();
            });
  }

  private void happen() {
    Guest guest = GuestWork.anyFree(cluster, 93, round);
    Node node = guest == null ? null : cluster.node(guest.node());
    if (guest == null || node == null) {
      return;
    }
    switch (Noise.below(6, seed, 92, round)) {
      case 0, 1, 2 -> start(node, guest, "vzdump", "backup", this::backedUp);
      case 3 -> start(node, guest, guest.type().taskPrefix() + "snapshot", "snapshot", this::snap);
      default -> toggle(node, guest);
    }
  }

  /** Stopped ones are more often started than running ones stopped, so that most run. */
  private void toggle(Node node, Guest guest) {
    String prefix = guest.type().taskPrefix();
    if (guest.state() == RunState.STOPPED) {
      start(node, guest, prefix + "start", null, cluster::start);
    } else if (Noise.unit(seed, 94, round) < 0.3) {
      start(node, guest, prefix + "shutdown", null, cluster::stop);
    }
  }

  private void start(
      Node node, Guest guest, String type, @Nullable String lock, Consumer<Guest> deed) {
    new GuestWork(
            cluster,
            guest,
            lock,
            (found, task) -> {
              if (lock != null && Noise.unit(seed, 95, round) < 0.1) {
                task.warn("the guest agent did not answer, the file system was not frozen");
              }
              deed.accept(found);
            })
        .start(node, type);
  }

  /** One backup a guest is kept, as prune settings would. */
  private void backedUp(Guest guest) {
    Storage nas = cluster.facilities().storage("nas");
    if (nas != null) {
      nas.volumes().stream()
          .filter(v -> v.vmid() == guest.vmid() && v.content().equals("backup"))
          .toList()
          .forEach(nas::remove);
      nas.add(Backups.volume(guest, cluster.now() / 1000));
    }
  }

  private void snap(Guest guest) {
    guest
        .snapshots()
        .put(
            SNAPSHOT,
            new Snapshot(
                SNAPSHOT,
                cluster.now() / 1000,
                guest.type() == GuestType.QEMU ? "taken while it ran" : "",
                false,
                null,
                guest.config().values()));
    guest.currentParent(SNAPSHOT);
  }
}
