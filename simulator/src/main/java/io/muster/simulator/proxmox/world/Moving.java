package io.muster.simulator.proxmox.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guests that migrate about, as an overeager balancer makes them. Guarded by the world's lock. */
final class Moving {
  private final Cluster cluster;
  private long order;
  private long round;

  Moving(Cluster cluster) {
    this.cluster = cluster;
  }

  /** From now on a guest begins to move so often; none with null. */
  void every(@Nullable Duration pause) {
    order++;
    if (pause != null) {
      next(order, pause);
    }
  }

  private void next(long own, Duration pause) {
    cluster
        .agenda()
        .at(
            cluster.now() + pause.toMillis(),
            () -> {
              if (own == order) {
                round++;
                begin();
                next(own, pause);
              }
            });
  }

  private void begin() {
    Guest guest = GuestWork.anyFree(cluster, 96, round);
    Node from = guest == null ? null : cluster.node(guest.node());
    if (guest == null || from == null) {
      return;
    }
    List<Node> others =
        cluster.members().stream().filter(node -> node.isUp() && node != from).toList();
    if (others.isEmpty()) {
      return;
    }
    Node to = others.get(Noise.below(others.size(), cluster.settings().seed(), 97, round));
    new GuestWork(
            cluster,
            guest,
            "migrate",
            (found, task) -> {
              if (!to.isUp()) {
                throw new TaskFailure("migration aborted");
              }
              cluster.move(found, to.name());
            })
        .start(from, guest.type().taskPrefix().equals("qm") ? "qmigrate" : "vzmigrate");
  }
}
