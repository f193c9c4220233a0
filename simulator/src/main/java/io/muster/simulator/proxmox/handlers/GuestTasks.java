package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import org.jspecify.annotations.Nullable;

/** Starts workers on guests. */
final class GuestTasks {
  private final Cluster cluster;
  private final Lookup lookup;

  GuestTasks(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
  }

  /** Takes the usual time of the task's type. */
  String start(
      Call call,
      GuestType type,
      String taskType,
      @Nullable String lock,
      GuestJob.Step check,
      GuestJob.Step deed)
      throws ApiException {
    long duration = cluster.tasks().pace().ms(taskType);
    return start(call, type, taskType, duration, lock, check, deed);
  }

  String start(
      Call call,
      GuestType type,
      String taskType,
      long durationMs,
      @Nullable String lock,
      GuestJob.Step check,
      GuestJob.Step deed)
      throws ApiException {
    requireQuorum();
    Node node = lookup.node(call);
    int vmid = lookup.vmid(call);
    GuestJob.Place place = new GuestJob.Place(node.name(), vmid, type);
    return cluster
        .tasks()
        .start(
            node,
            taskType,
            String.valueOf(vmid),
            call.caller().identity(),
            durationMs,
            new GuestJob(cluster, place, lock, check, deed))
        .toString();
  }

  /** Nothing can be changed while most members are away. */
  void requireQuorum() throws ApiException {
    if (!cluster.isQuorate()) {
      throw ApiException.of(500, "cluster not ready - no quorum?");
    }
  }
}
