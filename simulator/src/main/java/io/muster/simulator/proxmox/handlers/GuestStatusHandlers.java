package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestSample;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The guests of one node as that node itself measures them: lists and {@code status/current}. */
final class GuestStatusHandlers {
  private final Cluster cluster;
  private final Lookup lookup;

  GuestStatusHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
  }

  void addTo(Routes routes) {
    for (GuestType type : GuestType.values()) {
      String base = "/nodes/{node}/" + type.word();
      routes.get(base, call -> list(call, type));
      routes.get(base + "/{vmid}", call -> index());
      routes.get(base + "/{vmid}/status", call -> statusIndex());
      routes.get(base + "/{vmid}/status/current", call -> current(call, type));
    }
    routes.get("/nodes/{node}/lxc/{vmid}/interfaces", this::interfaces);
    routes.get("/nodes/{node}/netstat", this::netstat);
  }

  private static Object index() {
    return List.of(
        Map.of("subdir", "config"), Map.of("subdir", "status"), Map.of("subdir", "snapshot"));
  }

  private static Object statusIndex() {
    return List.of(
        Map.of("subdir", "current"), Map.of("subdir", "start"), Map.of("subdir", "stop"));
  }

  private Object list(Call call, GuestType type) throws ApiException {
    Node node = lookup.node(call);
    boolean full = call.flag("full", false);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Guest guest : cluster.guestsOn(node.name())) {
      if (guest.type() == type && call.caller().may("/vms/" + guest.vmid(), "VM.Audit")) {
        rows.add(type == GuestType.QEMU ? vm(guest, full) : container(guest));
      }
    }
    return rows;
  }

  private Object current(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guest(call, type);
    Map<String, Object> row = type == GuestType.QEMU ? vm(guest, true) : container(guest);
    Map<String, Object> ha = new LinkedHashMap<>();
    ha.put("managed", guest.haState() == null ? 0 : 1);
    if (guest.haState() != null) {
      ha.put("state", guest.haState());
    }
    row.put("ha", ha);
    if (type == GuestType.QEMU && guest.config().isSet("agent")) {
      row.put("agent", 1);
    }
    return row;
  }

  private Map<String, Object> common(Guest guest, GuestSample sample) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("vmid", guest.vmid());
    row.put("status", sample.state().isAlive() ? "running" : "stopped");
    String name = guest.config().name();
    if (name != null) {
      row.put("name", name);
    }
    String tags = guest.config().text("tags");
    if (tags != null) {
      row.put("tags", tags);
    }
    String lock = guest.lock();
    if (lock != null) {
      row.put("lock", lock);
    }
    if (guest.isTemplate()) {
      row.put("template", 1);
    }
    row.put("cpus", guest.config().cpus());
    row.put("cpu", perWorkerCpu(sample));
    row.put("mem", sample.mem());
    row.put("maxmem", guest.config().memoryBytes());
    row.put("disk", sample.disk());
    row.put("maxdisk", guest.config().diskBytes());
    row.put("netin", sample.counters().netIn());
    row.put("netout", sample.counters().netOut());
    row.put("uptime", sample.uptimeSeconds());
    if (sample.state().isAlive()) {
      row.put("pid", pid(guest));
    }
    return row;
  }

  /** Computed since the worker's previous call: mostly 0, sometimes anything. */
  private double perWorkerCpu(GuestSample sample) {
    return cluster.now() / 1000 % 3 == 0 ? Math.min(1, sample.cpu() * 3) : 0;
  }

  private static int pid(Guest guest) {
    return 2_000 + guest.vmid() * 7 % 60_000;
  }

  private Map<String, Object> vm(Guest guest, boolean full) {
    GuestSample sample = guest.sampleNow(cluster.now());
    Map<String, Object> row = common(guest, sample);
    boolean alive = sample.state().isAlive();
    if (guest.config().values().keySet().stream().anyMatch(key -> key.startsWith("serial"))) {
      row.put("serial", 1);
    }
    if (alive && cluster.version().isNine()) {
      row.put("memhost", sample.memHost());
      pressure(row, sample);
    }
    if (!full) {
      return row;
    }
    row.put("qmpstatus", qmpStatus(sample.state()));
    if (alive) {
      running(row, guest, sample);
    }
    return row;
  }

  private static String qmpStatus(RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case STOPPED, ABSENT -> "stopped";
    };
  }

  private static void pressure(Map<String, Object> row, GuestSample sample) {
    for (String what : List.of("cpu", "io", "memory")) {
      double some = what.equals("cpu") ? sample.pressure() : sample.pressure() / 8;
      row.put("pressure" + what + "some", some);
      row.put("pressure" + what + "full", some / 2);
    }
  }

  /** Containers have it as the text that the kernel wrote. */
  private static String hundredths(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.2f", number)
        : value.toString();
  }

  private void running(Map<String, Object> row, Guest guest, GuestSample sample) {
    row.put("running-machine", "pc-i440fx-" + cluster.version().qemu().replaceAll("\\.\\d+$", ""));
    row.put("running-qemu", cluster.version().qemu());
    row.put("diskread", sample.counters().diskRead());
    row.put("diskwrite", sample.counters().diskWrite());
    row.put("blockstat", BlockStatistics.of(guest, sample));
    if (guest.agentAnswers() && !"0".equals(guest.config().text("balloon"))) {
      long max = guest.config().memoryBytes();
      row.put("balloon", max);
      row.put("freemem", max - sample.mem());
      Map<String, Object> info = new LinkedHashMap<>();
      info.put("actual", max);
      info.put("max_mem", max);
      info.put("total_mem", max);
      info.put("free_mem", max - sample.mem());
      info.put("mem_swapped_in", 0);
      info.put("mem_swapped_out", 0);
      info.put("major_page_faults", 1811);
      info.put("minor_page_faults", 3_803_793);
      info.put("last_update", cluster.now() / 1000);
      row.put("ballooninfo", info);
    }
    if (guest.config().nics() > 0) {
      Map<String, Object> nics = new LinkedHashMap<>();
      for (int i = 0; i < guest.config().nics(); i++) {
        nics.put(
            "tap" + guest.vmid() + "i" + i,
            Map.of("netin", share(sample, i, true), "netout", share(sample, i, false)));
      }
      row.put("nics", nics);
    }
  }

  /** The first card carries everything. */
  private static long share(GuestSample sample, int nic, boolean in) {
    return nic > 0 ? 0 : in ? sample.counters().netIn() : sample.counters().netOut();
  }

  private Map<String, Object> container(Guest guest) {
    GuestSample sample = guest.sampleNow(cluster.now());
    Map<String, Object> row = common(guest, sample);
    row.put("type", "lxc");
    row.put("swap", 0);
    row.put("maxswap", guest.config().swapBytes());
    row.put("diskread", sample.counters().diskRead());
    row.put("diskwrite", sample.counters().diskWrite());
    if (sample.state().isAlive() && cluster.version().isNine()) {
      pressure(row, sample);
      row.replaceAll((key, value) -> key.startsWith("pressure") ? hundredths(value) : value);
    }
    return row;
  }

  private Object interfaces(Call call) throws ApiException {
    Guest guest = lookup.guest(call, GuestType.LXC);
    if (!guest.state().isAlive()) {
      throw ApiException.of(500, "CT " + guest.vmid() + " is not running");
    }
    Map<String, Object> loopback = new LinkedHashMap<>();
    loopback.put("name", "lo");
    loopback.put("hwaddr", "00:00:00:00:00:00");
    loopback.put("inet", "127.0.0.1/8");
    loopback.put("inet6", "::1/128");
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("name", "eth0");
    card.put("hwaddr", Addresses.mac(guest.vmid()));
    card.put("inet", Addresses.ipv4(guest.vmid()) + "/16");
    return List.of(loopback, card);
  }

  private Object netstat(Call call) throws ApiException {
    Node node = lookup.node(call);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Guest guest : cluster.guestsOn(node.name())) {
      if (!guest.state().isAlive()) {
        continue;
      }
      GuestSample sample = guest.sampleNow(cluster.now());
      for (int i = 0; i < guest.config().nics(); i++) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("vmid", String.valueOf(guest.vmid()));
        row.put("dev", "net" + i);
        row.put("in", String.valueOf(share(sample, i, true)));
        row.put("out", String.valueOf(share(sample, i, false)));
        rows.add(row);
      }
    }
    return rows;
  }
}
