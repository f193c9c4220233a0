package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestSample;
import io.muster.simulator.proxmox.world.model.GuestType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls to the agent inside a VM: {@code /nodes/{node}/qemu/{vmid}/agent/*}. */
final class AgentHandlers {
  private static final String BASE = "/nodes/{node}/qemu/{vmid}/agent";

  private final Cluster cluster;
  private final Lookup lookup;

  AgentHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
  }

  /** What an answering agent says. */
  @FunctionalInterface
  private interface Reply {
    Object of(Guest guest);
  }

  void addTo(Routes routes) {
    routes.post(BASE + "/ping", call -> result(call, guest -> Map.of()));
    routes.post(BASE + "/set-user-password", call -> result(call, guest -> Map.of()));
    routes.post(BASE + "/fsfreeze-status", call -> result(call, guest -> "thawed"));
    routes.post(BASE + "/fstrim", call -> result(call, guest -> Map.of("paths", List.of())));
    routes.get(BASE + "/get-host-name", call -> result(call, AgentHandlers::hostName));
    routes.get(BASE + "/get-osinfo", call -> result(call, guest -> osInfo()));
    routes.get(BASE + "/get-fsinfo", call -> result(call, AgentHandlers::fileSystems));
    routes.get(BASE + "/get-time", call -> result(call, guest -> cluster.now() * 1_000_000));
    routes.get(
        BASE + "/get-timezone", call -> result(call, guest -> Map.of("zone", "UTC", "offset", 0)));
    routes.get(BASE + "/get-users", call -> result(call, guest -> List.of()));
    routes.get(BASE + "/info", call -> result(call, guest -> Map.of("version", "9.2.4")));
    routes.get(BASE + "/network-get-interfaces", call -> result(call, AgentHandlers::interfaces));
    routes.get(BASE + "/file-read", this::readFile);
  }

  private Object result(Call call, Reply reply) throws ApiException {
    return Map.of("result", reply.of(answering(call)));
  }

  private Guest answering(Call call) throws ApiException {
    Guest guest = lookup.guest(call, GuestType.QEMU);
    if (!guest.config().isSet("agent")) {
      throw ApiException.of(500, "No QEMU guest agent configured");
    }
    if (!guest.state().isAlive()) {
      throw ApiException.of(500, "VM " + guest.vmid() + " is not running");
    }
    if (!guest.agentAnswers()) {
      throw ApiException.of(500, "QEMU guest agent is not running");
    }
    return guest;
  }

  private static Object hostName(Guest guest) {
    String name = guest.config().name();
    return Map.of("host-name", name == null ? "localhost" : name);
  }

  private static Object osInfo() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("id", "debian");
    info.put("name", "Debian GNU/Linux");
    info.put("pretty-name", "Debian GNU/Linux 12 (bookworm)");
    info.put("version", "12 (bookworm)");
    info.put("version-id", "12");
    info.put("machine", "x86_64");
    info.put("kernel-release", "6.1.0-32-amd64");
    info.put("kernel-version", "#1 SMP PREEMPT_DYNAMIC Debian");
    return info;
  }

  private static Object fileSystems(Guest guest) {
    long total = guest.config().diskBytes();
    Map<String, Object> disk = new LinkedHashMap<>();
    disk.put("dev", "/dev/sda1");
    disk.put("bus-type", "scsi");
    disk.put("bus", 0);
    disk.put("target", 0);
    disk.put("unit", 0);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", "sda1");
    root.put("mountpoint", "/");
    root.put("type", "ext4");
    root.put("total-bytes", total);
    root.put("used-bytes", total / 3);
    root.put("disk", List.of(disk));
    return List.of(root);
  }

  private static Object interfaces(Guest guest) {
    return List.of(
        nic("lo", "00:00:00:00:00:00", "127.0.0.1", 8),
        nic("eth0", Addresses.mac(guest.vmid()), Addresses.ipv4(guest.vmid()), 16));
  }

  private static Map<String, Object> nic(String name, String mac, String address, int prefix) {
    return Map.of(
        "name",
        name,
        "hardware-address",
        mac,
        "ip-addresses",
        List.of(Map.of("ip-address-type", "ipv4", "ip-address", address, "prefix", prefix)));
  }

  private Object readFile(Call call) throws ApiException {
    Guest guest = answering(call);
    String file = call.required("file");
    if (!file.equals("/proc/meminfo")) {
      throw ApiException.of(
          500,
          "Agent error: failed to open file '" + file + "' (mode: 'r'): No such file or directory");
    }
    GuestSample sample = guest.sampleNow(cluster.now());
    long total = guest.config().memoryBytes() / 1024;
    // The balloon's figure counts the page cache as used, the kernel's does not.
    long available = total - sample.mem() / 1024 * 6 / 10;
    String content =
        "MemTotal:       %8d kB%nMemFree:        %8d kB%nMemAvailable:   %8d kB%n"
            .formatted(total, total - sample.mem() / 1024, available);
    return Map.of("content", content, "bytes-read", content.length());
  }
}
