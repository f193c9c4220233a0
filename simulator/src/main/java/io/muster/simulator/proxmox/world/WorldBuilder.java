package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Facilities;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.NodeSpec;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a world of named things, such as the one of a recording. */
public final class WorldBuilder {
  private static final long GIBI = 1L << 30;

  private final Cluster cluster;
  private final long sinceMs;

  WorldBuilder(WorldSettings settings) {
    cluster = new Cluster(settings.cluster(), settings.clock());
    sinceMs = settings.cluster().historyFrom().toEpochMilli();
    for (NodeSettings node : settings.nodes()) {
      cluster.addNode(node, smallNode(), true);
    }
  }

  private static NodeSpec smallNode() {
    return new NodeSpec("AMD EPYC", 1, 2, 1, 24 * GIBI, 0, 252 * GIBI, 0, 1);
  }

  /** A node whose configurations are there but which is no member and never answers. */
  public WorldBuilder unreachableNode(NodeSettings node) {
    cluster.addNode(node, smallNode(), false);
    return this;
  }

  /** A guest that has been there since the beginning of the history. */
  public WorldBuilder guest(GuestSettings guest) {
    guest.addTo(cluster, sinceMs);
    return this;
  }

  public WorldBuilder pool(String id, String comment) {
    cluster.facilities().addPool(new Facilities.Pool(id, comment));
    return this;
  }

  /** A directory that every node has its own of. */
  public WorldBuilder localStorage() {
    return storage(
        new Storage(
            "local",
            "dir",
            "rootdir,vztmpl,backup,iso,images",
            false,
            252 * GIBI,
            cluster.settings().seed()));
  }

  public WorldBuilder storage(Storage storage) {
    cluster.facilities().addStorage(storage);
    return this;
  }

  /** A backup job as {@code /cluster/backup} lists it. */
  public WorldBuilder backupJob(Map<String, Object> job) {
    cluster.facilities().addBackupJob(job);
    return this;
  }

  /** Whatever the other methods don't offer. */
  public WorldBuilder also(Consumer<Cluster> change) {
    change.accept(cluster);
    return this;
  }

  public ProxmoxWorld build() {
    return new ProxmoxWorld(cluster);
  }
}
