package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.access.Grant;
import io.muster.simulator.proxmox.access.User;
import io.muster.simulator.proxmox.world.GuestSettings;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import io.muster.simulator.proxmox.world.WorldSettings;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The little cluster in which the real server was recorded: one node, and one out of reach. */
final class Lab {
  /** Tasks of seconds take tens of milliseconds. */
  private static final TaskPace BRISK = new TaskPace(0.02);

  static final String OPERATOR = "ops@pve";
  static final String OPERATOR_PASSWORD = "operators-own";

  static final ApiToken OPERATOR_TOKEN =
      new ApiToken(OPERATOR, "nosep", "11111111-1111-4111-8111-111111111111", false, 0, "");
  static final ApiToken AUDITOR_TOKEN =
      new ApiToken(OPERATOR, "auditor", "22222222-2222-4222-8222-222222222222", true, 0, "");
  static final ApiToken BARE_TOKEN =
      new ApiToken(OPERATOR, "bare", "33333333-3333-4333-8333-333333333333", true, 0, "");
  static final ApiToken ROOT_TOKEN =
      new ApiToken(AccessControl.ROOT, "all", "44444444-4444-4444-8444-444444444444", false, 0, "");

  private Lab() {}

  static SimulatedProxmox start() throws IOException {
    return start(InstantSource.system());
  }

  static SimulatedProxmox start(InstantSource clock) throws IOException {
    SimulatedProxmox lab =
        SimulatedProxmox.start(
            ProxmoxSettings.forTests("8.4", 1)
                .addresses(List.of("127.0.0.1"))
                .clock(clock)
                .world(members -> world(members, clock))
                .build());
    AccessControl access = lab.access();
    access.add(User.of(OPERATOR, OPERATOR_PASSWORD));
    access.add(new Grant("/", OPERATOR, "Administrator", true));
    access.add(OPERATOR_TOKEN);
    access.add(AUDITOR_TOKEN);
    access.add(new Grant("/", AUDITOR_TOKEN.id(), "PVEAuditor", true));
    access.add(BARE_TOKEN);
    access.add(ROOT_TOKEN);
    return lab;
  }

  private static ProxmoxWorld world(List<NodeSettings> members, InstantSource clock) {
    return ProxmoxWorld.custom(
            WorldSettings.of(PveVersion.V8_4, members)
                .clusterName("lab")
                .clock(clock)
                .taskPace(BRISK)
                .build())
        .unreachableNode(new NodeSettings("pve2", "192.0.2.12", () -> ""))
        .localStorage()
        .guest(
            GuestSettings.vm(
                100,
                "pve1",
                true,
                Map.ofEntries(
                    Map.entry("name", "front"),
                    Map.entry("memory", "128"),
                    Map.entry("cores", 1),
                    Map.entry("sockets", 1),
                    Map.entry("ostype", "l26"),
                    Map.entry("scsihw", "virtio-scsi-pci"),
                    Map.entry("scsi0", "local:100/vm-100-disk-0.qcow2,size=1G"),
                    Map.entry("serial0", "socket"),
                    Map.entry("boot", "order=scsi0"),
                    Map.entry("agent", "1"),
                    Map.entry("tags", "live;front"))))
        .guest(
            GuestSettings.vm(
                    101,
                    "pve1",
                    false,
                    Map.of("name", "store", "memory", "1024", "cores", 1, "protection", 1))
                .locked("backup"))
        .guest(
            GuestSettings.container(
                102,
                "pve1",
                false,
                Map.of(
                    "hostname",
                    "box",
                    "memory",
                    512,
                    "swap",
                    512,
                    "cores",
                    2,
                    "rootfs",
                    "local:102/vm-102-disk-0.raw,size=4G")))
        .guest(GuestSettings.vm(200, "pve2", false, Map.of("name", "far", "memory", "512")))
        .build();
  }
}
