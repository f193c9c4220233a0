package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import io.muster.simulator.proxmox.world.model.TaskWork;
import org.jspecify.annotations.Nullable;

/** A worker on one guest: looks for it, respects its lock, perhaps locks it meanwhile. */
final class GuestJob implements TaskWork {
  /** Something that a worker does to its guest. */
  @FunctionalInterface
  interface Step {
    void run(Guest guest, Task task) throws TaskFailure;
  }

  private final Cluster cluster;
  private final Place place;
  private final @Nullable String lock;
  private final Step check;
  private final Step deed;
  private @Nullable Guest guest;

  /** What the call's path names; the guest need not exist. */
  record Place(String node, int vmid, GuestType type) {}

  /**
   * A job.
   *
   * @param lock set while it runs; null to leave the guest unlocked
   * @param check runs at the beginning, before the lock is set
   * @param deed runs at the end, when the lock is gone
   */
  GuestJob(Cluster cluster, Place place, @Nullable String lock, Step check, Step deed) {
    this.cluster = cluster;
    this.place = place;
    this.lock = lock;
    this.check = check;
    this.deed = deed;
  }

  @Override
  public void begin(Task task) throws TaskFailure {
    Guest found = find();
    String held = found.lock();
    // A VM that sleeps on disk is locked, and starting it is how it wakes up.
    if (held != null && !(held.equals("suspended") && task.upid().type().equals("qmstart"))) {
      throw new TaskFailure(place.type().title() + " is locked (" + held + ")");
    }
    check.run(found, task);
    guest = found;
    if (lock != null) {
      found.lock(lock);
    }
  }

  @Override
  public void finish(Task task) throws TaskFailure {
    abort();
    deed.run(find(), task);
  }

  @Override
  public void abort() {
    if (lock != null && guest != null && lock.equals(guest.lock())) {
      guest.lock(null);
    }
  }

  private Guest find() throws TaskFailure {
    Guest found = new Lookup(cluster).guestOn(place.node(), place.vmid(), place.type());
    if (found == null) {
      throw new TaskFailure(Lookup.missing(place.node(), place.vmid(), place.type()));
    }
    return found;
  }
}
