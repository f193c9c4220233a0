package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;

/**
 * Power of guests that HA manages: the call's task only stores the wish; the resource manager makes
 * it true with a task of its own.
 */
final class HaRequests {
  /** The resource manager looks every 10 s. */
  private static final long MANAGER_MS = 10_000;

  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;

  HaRequests(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
  }

  boolean isManaged(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guestOn(lookup.node(call).name(), lookup.vmid(call), type);
    return guest != null && guest.haState() != null;
  }

  /** Answers the name of the task that stores the wish. */
  String request(Call call, GuestType type, boolean running) throws ApiException {
    return tasks.start(
        call,
        type,
        running ? "hastart" : "hastop",
        null,
        (guest, task) ->
            task.say("Requesting HA " + (running ? "start" : "stop") + " for " + sid(guest)),
        (guest, task) -> {
          guest.haState(running ? "started" : "stopped");
          long delay = cluster.tasks().pace().scaled(MANAGER_MS);
          cluster.agenda().at(cluster.now() + delay, () -> carryOut(guest, running));
        });
  }

  static String sid(Guest guest) {
    return (guest.type() == GuestType.QEMU ? "vm:" : "ct:") + guest.vmid();
  }

  private void carryOut(Guest guest, boolean running) {
    Node node = cluster.node(guest.node());
    if (node == null || !node.isUp() || guest.state().isAlive() == running) {
      return;
    }
    GuestJob.Place place = new GuestJob.Place(node.name(), guest.vmid(), guest.type());
    String type = guest.type().taskPrefix() + (running ? "start" : "shutdown");
    cluster
        .tasks()
        .start(
            node,
            type,
            String.valueOf(guest.vmid()),
            "root@pam",
            new GuestJob(
                cluster,
                place,
                null,
                (found, task) -> {},
                (found, task) -> {
                  if (running) {
                    cluster.start(found);
                  } else {
                    cluster.stop(found);
                  }
                }));
  }
}
