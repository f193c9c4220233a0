package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a node is made of and what it runs: network, disks, services, updates. */
final class HardwareHandlers {
  private static final List<String> SERVICES =
      List.of(
          "chrony",
          "corosync",
          "cron",
          "ksmtuned",
          "lxcfs",
          "postfix",
          "pve-cluster",
          "pve-firewall",
          "pve-ha-crm",
          "pve-ha-lrm",
          "pvedaemon",
          "pveproxy",
          "pvescheduler",
          "pvestatd",
          "qmeventd",
          "spiceproxy",
          "sshd",
          "systemd-journald");

  private final Cluster cluster;
  private final Lookup lookup;

  HardwareHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
  }

  void addTo(Routes routes) {
    String base = "/nodes/{node}/";
    routes.get(base + "network", this::network);
    routes.get(base + "disks/list", this::disks);
    routes.get(base + "services", this::services);
    routes.get(base + "subscription", this::subscription);
    routes.get(base + "apt/update", this::updates);
  }

  private Object network(Call call) throws ApiException {
    Node node = lookup.node(call);
    String type = call.text("type");
    Map<String, Object> bridge = card("vmbr0", "bridge", 3);
    bridge.put("method", "static");
    bridge.put("autostart", 1);
    bridge.put("address", node.address());
    bridge.put("netmask", "24");
    bridge.put("cidr", node.address() + "/24");
    bridge.put("gateway", node.address().replaceAll("\\d+$", "1"));
    bridge.put("bridge_ports", "eno1");
    bridge.put("bridge_stp", "off");
    bridge.put("bridge_fd", "0");
    Map<String, Object> eth = card("eno1", "eth", 2);
    eth.put("method", "manual");
    eth.put("exists", 1);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row : List.of(bridge, eth)) {
      if (type == null || type.equals(row.get("type"))) {
        row.put("active", 1);
        rows.add(row);
      }
    }
    return rows;
  }

  private static Map<String, Object> card(String name, String type, int priority) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("iface", name);
    row.put("type", type);
    row.put("families", List.of("inet"));
    row.put("method6", "manual");
    row.put("priority", priority);
    return row;
  }

  private Object disks(Call call) throws ApiException {
    Node node = lookup.node(call);
    boolean smart = !call.flag("skipsmart", false);
    long seed = cluster.settings().seed();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean nvme = i < 2;
      String device = nvme ? "nvme" + i + "n1" : "sd" + (char) ('a' + i - 2);
      String serial =
          String.format(
              Locale.ROOT, "S%08X", Noise.below(Integer.MAX_VALUE, seed, Noise.of(node.name()), i));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("devpath", "/dev/" + device);
      row.put("type", nvme ? "nvme" : "ssd");
      row.put("model", nvme ? "Micron_7450_MTFDKBG960TFR" : "Micron_5400_MTFDDAK1T9TGA");
      row.put("vendor", nvme ? "unknown" : "ATA     ");
      row.put("serial", serial);
      row.put("wwn", "unknown");
      row.put("size", nvme ? 960_197_124_096L : 1_920_383_410_176L);
      row.put("rpm", 0);
      row.put("gpt", nvme ? 1 : 0);
      row.put("mounted", 0);
      row.put("used", nvme ? "BIOS boot" : "LVM");
      row.put("osdid", -1);
      row.put("by_id_link", "/dev/disk/by-id/" + (nvme ? "nvme-" : "ata-") + serial);
      row.put("health", smart ? (nvme ? "PASSED" : "OK") : "UNKNOWN");
      int left = 100 - Noise.below(40, seed, Noise.of(node.name()), 10L + i);
      row.put("wearout", smart ? (Object) left : "N/A");
      rows.add(row);
    }
    return rows;
  }

  private Object services(Call call) throws ApiException {
    lookup.node(call);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String service : SERVICES) {
      boolean dead = service.equals("corosync") && cluster.settings().name() == null;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("service", service);
      row.put("name", service);
      row.put("desc", service + " daemon");
      row.put("state", dead ? "dead" : "running");
      row.put("active-state", dead ? "inactive" : "active");
      row.put("unit-state", "enabled");
      rows.add(row);
    }
    return rows;
  }

  private Object subscription(Call call) throws ApiException {
    Node node = lookup.node(call);
    return Map.of(
        "status", "notfound",
        "message", "There is no subscription key",
        "serverid", String.format(Locale.ROOT, "%032X", Math.abs(Noise.of(node.name()))),
        "url", "https://www.proxmox.com/en/proxmox-virtual-environment/pricing");
  }

  private Object updates(Call call) throws ApiException {
    lookup.node(call);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : List.of("libssl3", "openssl", "qemu-server")) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Package", name);
      row.put("Title", name);
      row.put("Description", "A part of the system");
      row.put("Origin", name.equals("qemu-server") ? "Proxmox" : "Debian");
      row.put("Priority", "optional");
      row.put("Section", "admin");
      row.put("Arch", "amd64");
      row.put("OldVersion", "1.0-1");
      row.put("Version", "1.0-2");
      rows.add(row);
    }
    return rows;
  }
}
