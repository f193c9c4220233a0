package io.muster.simulator.proxmox.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import io.muster.simulator.proxmox.world.model.TaskWork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does to a guest that nobody holds, by itself.
 *
 * @param lock held meanwhile, or null
 */
record GuestWork(Cluster cluster, Guest guest, @Nullable String lock, Deed deed)
    implements TaskWork {
  private static final String WHO = "root@pam";

  /** What is done at the end, when the lock is gone. */
  @FunctionalInterface
  interface Deed {
    void run(Guest guest, Task task) throws TaskFailure;
  }

  /** A guest that can be worked on, chosen by chance, or null. */
  static @Nullable Guest anyFree(Cluster cluster, long thing, long moment) {
    List<Guest> free = new ArrayList<>();
    for (Guest guest : cluster.guests()) {
      Node node = cluster.node(guest.node());
      if (guest.lock() == null && !guest.isTemplate() && node != null && node.isUp()) {
        free.add(guest);
      }
    }
    return free.isEmpty()
        ? null
        : free.get(Noise.below(free.size(), cluster.settings().seed(), thing, moment));
  }

  /** Starts a worker on the guest's node. */
  void start(Node node, String type) {
    cluster.tasks().start(node, type, String.valueOf(guest.vmid()), WHO, this);
  }

  @Override
  public void begin(Task task) {
    if (lock != null) {
      guest.lock(lock);
    }
  }

  @Override
  public void finish(Task task) throws TaskFailure {
    abort();
    if (!cluster.exists(guest)) {
      throw new TaskFailure("no such guest " + guest.vmid());
    }
    deed.run(guest, task);
  }

  @Override
  public void abort() {
    if (lock != null) {
      guest.lock(null);
    }
  }
}
