package io.muster.simulator.proxmox.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.world.model.Backups;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Facilities;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.NodeSpec;
import io.muster.simulator.proxmox.world.model.RunState;
import io.muster.simulator.proxmox.world.model.Storage;
import io.muster.simulator.proxmox.world.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Furnishes a cluster as a company might have it; the seed alone decides how. */
final class DemoCluster {
  private static final long GIBI = 1L << 30;
  private static final int FIRST_VMID = 100;
  private static final long DAY_SECONDS = 86_400;

  private final Cluster cluster;
  private final WorldSettings settings;
  private final long seed;
  private final DemoGuests guests;

  DemoCluster(Cluster cluster, WorldSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
    this.seed = settings.cluster().seed();
    this.guests = new DemoGuests(seed);
  }

  void furnish() {
    nodes();
    storages();
    for (String pool : DemoGuests.POOLS) {
      cluster.facilities().addPool(new Facilities.Pool(pool, "Everything of " + pool));
    }
    List<Node> nodes = cluster.members();
    for (int i = 0; i < settings.guests(); i++) {
      guest(FIRST_VMID + i, nodes.get(i % nodes.size()));
    }
    backupJob();
    if (settings.life()) {
      new Life(cluster).begin();
    }
  }

  private void nodes() {
    int each = settings.guests() / settings.nodes().size() + 1;
    for (NodeSettings node : settings.nodes()) {
      cluster.addNode(node, NodeSpec.forGuests(each, seed, Noise.of(node.name())), true);
    }
  }

  private void storages() {
    cluster
        .facilities()
        .addStorage(new Storage("local", "dir", "iso,vztmpl,backup", false, 220 * GIBI, seed));
    cluster
        .facilities()
        .addStorage(
            new Storage("local-lvm", "lvmthin", "images,rootdir", false, 3_400 * GIBI, seed));
    cluster
        .facilities()
        .addStorage(
            new Storage("nas", "nfs", "images,rootdir,backup,iso", true, 40_960 * GIBI, seed));
  }

  private void guest(int vmid, Node node) {
    GuestType type = guests.type(vmid);
    Map<String, Object> config = guests.config(vmid, type);
    long since = cluster.settings().historyFrom().toEpochMilli();
    long started = since + (long) ((cluster.now() - since) * 0.95 * Noise.unit(seed, vmid, 71));
    RunState state = guests.state(vmid, config);
    Guest guest =
        cluster.addGuest(
            vmid, type, node.name(), config, state, since, Math.max(started, node.bootMs()));
    guest.pool(guests.pool(vmid));
    guest.agentAnswers(type == GuestType.QEMU && Noise.unit(seed, vmid, 72) < 0.7);
    guest.ignoresPowerButton(Noise.unit(seed, vmid, 73) < 0.03);
    if (Noise.unit(seed, vmid, 74) < 0.1 && !guest.isTemplate()) {
      guest.haState(state.isAlive() ? "started" : "stopped");
    }
    disks(guest);
    backups(guest);
  }

  private void disks(Guest guest) {
    Storage storage = cluster.facilities().storage("local-lvm");
    if (storage != null) {
      String path = "vm-" + guest.vmid() + "-disk-0";
      String content = guest.type() == GuestType.QEMU ? "images" : "rootdir";
      storage.add(
          new Volume(
              path,
              guest.node(),
              content,
              "raw",
              guest.config().diskBytes(),
              guest.createdMs() / 1000,
              guest.vmid(),
              guest.type(),
              null,
              false));
    }
  }

  /** Most have one of the last night, some an old one, some none. */
  private void backups(Guest guest) {
    Storage nas = cluster.facilities().storage("nas");
    double luck = Noise.unit(seed, guest.vmid(), 75);
    if (nas == null || luck > 0.9) {
      return;
    }
    long age = luck > 0.8 ? 9 * DAY_SECONDS : DAY_SECONDS / 2;
    long time = cluster.now() / 1000 - age - Noise.below(3_600, seed, guest.vmid(), 76);
    nas.add(Backups.volume(guest, time));
  }

  private void backupJob() {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("id", "backup-nightly");
    job.put("type", "vzdump");
    job.put("schedule", "01:00");
    job.put("storage", "nas");
    job.put("mode", "snapshot");
    job.put("enabled", 1);
    job.put("pool", DemoGuests.POOLS.getFirst());
    job.put("notes-template", "{{guestname}}");
    cluster.facilities().addBackupJob(job);
  }
}
