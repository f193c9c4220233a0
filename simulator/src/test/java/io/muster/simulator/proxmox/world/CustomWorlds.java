package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.util.Map;

/** Worlds that several tests use. */
final class CustomWorlds {
  private CustomWorlds() {}

  /** One member with two VMs and a container, and a folder of a node that is none. */
  static Asked small(PveVersion version, Asked.Clock clock, TaskPace pace) {
    WorldSettings settings =
        WorldSettings.of(version, Asked.nodes(1))
            .clusterName(null)
            .clock(clock)
            .taskPace(pace)
            .build();
    return new Asked(
        ProxmoxWorld.custom(settings)
            .unreachableNode(new NodeSettings("pve2", "192.0.2.12", () -> "BB:02"))
            .localStorage()
            .guest(GuestSettings.vm(100, "pve1", true, shop()))
            .guest(
                GuestSettings.vm(
                        101,
                        "pve1",
                        false,
                        Map.of("name", "ledger", "memory", "1024", "protection", 1))
                    .locked("backup"))
            .guest(
                GuestSettings.container(
                    102,
                    "pve1",
                    false,
                    Map.of("hostname", "cell", "cores", 2, "rootfs", "local:102/d.raw,size=4G")))
            .guest(GuestSettings.vm(200, "pve2", false, Map.of("name", "far")))
            .build());
  }

  private static Map<String, Object> shop() {
    return Map.of(
        "name",
        "shop",
        "memory",
        "128",
        "cores",
        1,
        "sockets",
        1,
        "agent",
        "1",
        "serial0",
        "socket",
        "scsi0",
        "local:100/vm-100-disk-0.qcow2,size=1G",
        "tags",
        "prod;shop",
        "net0",
        "virtio=BC:24:11:00:00:64,bridge=vmbr0");
  }

  static Asked demo(PveVersion version, Asked.Clock clock, int nodes, int guests) {
    return new Asked(
        ProxmoxWorld.demo(
            WorldSettings.of(version, Asked.nodes(nodes)).guests(guests).clock(clock).build()));
  }
}
