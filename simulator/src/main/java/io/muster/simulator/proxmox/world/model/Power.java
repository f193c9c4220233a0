package io.muster.simulator.proxmox.world.model;

/** Switches nodes off and on, with all that runs on them. Guarded by the world's lock. */
public final class Power {
  /** Guests come up one after another after their node. */
  private static final long AUTOSTART_MS = 3_000;

  private final Cluster cluster;

  Power(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Cuts the power: its workers die, its guests are gone until somebody starts it again. */
  public void off(String name) {
    Node node = cluster.existing(name);
    if (!node.isUp()) {
      return;
    }
    long now = cluster.now();
    cluster.tasks().crash(name);
    node.powerOff(now);
    cluster.guestsOn(name).stream().filter(g -> g.state().isAlive()).forEach(g -> g.vanished(now));
    cluster.log().add(now, name, "pmxcfs", 5, "root@pam", "[status] notice: node lost");
  }

  /** Switches a node on: it answers after the boot time; guests that ran before come up again. */
  public void on(String name) {
    Node node = cluster.existing(name);
    if (node.isUp() || node.isBooting() || !node.isMember()) {
      return;
    }
    node.booting(true);
    cluster
        .agenda()
        .at(cluster.now() + cluster.settings().bootTime().toMillis(), () -> booted(node));
  }

  private void booted(Node node) {
    node.booting(false);
    node.powerOn(cluster.now());
    for (Guest guest : cluster.guestsOn(node.name())) {
      if (guest.state() == RunState.ABSENT) {
        guest.stopped(cluster.now(), node.name());
        cluster.agenda().at(cluster.now() + AUTOSTART_MS, () -> autostart(guest, node));
      }
    }
  }

  private static boolean isThere(Guest guest, Node node) {
    return node.isUp() && guest.node().equals(node.name());
  }

  private void autostart(Guest guest, Node node) {
    if (isThere(guest, node) && guest.state() == RunState.STOPPED && cluster.exists(guest)) {
      guest.started(cluster.now(), node.name());
    }
  }
}
