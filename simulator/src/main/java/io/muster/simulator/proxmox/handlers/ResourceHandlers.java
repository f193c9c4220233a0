package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Facilities;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestSample;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.NodeSample;
import io.muster.simulator.proxmox.world.model.RunState;
import io.muster.simulator.proxmox.world.model.Sampling;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/resources} and {@code /nodes}: what is broadcast among the members. */
final class ResourceHandlers {
  private final Cluster cluster;
  private final Sampling sampling;

  ResourceHandlers(Cluster cluster, Sampling sampling) {
    this.cluster = cluster;
    this.sampling = sampling;
  }

  void addTo(Routes routes) {
    routes.get("/cluster/resources", this::resources);
    routes.get("/nodes", this::nodes);
  }

  private Object resources(Call call) {
    String type = call.text("type");
    Caller caller = call.caller();
    List<Map<String, Object>> rows = new ArrayList<>();
    if (type == null) {
      pools(caller, rows);
    }
    if (type == null || type.equals("vm")) {
      guests(caller, rows);
    }
    if (type == null || type.equals("node")) {
      for (Node node : cluster.members()) {
        rows.add(nodeRow(caller, node, true));
      }
    }
    if (type == null || type.equals("storage")) {
      storages(caller, rows);
    }
    if (type == null || type.equals("sdn")) {
      zones(caller, rows);
    }
    return rows;
  }

  private Object nodes(Call call) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Node node : cluster.members()) {
      Map<String, Object> row = nodeRow(call.caller(), node, false);
      row.put("ssl_fingerprint", node.fingerprint());
      rows.add(row);
    }
    return rows;
  }

  private Map<String, Object> nodeRow(Caller caller, Node node, boolean withCgroupMode) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", "node/" + node.name());
    row.put("type", "node");
    row.put("node", node.name());
    NodeSample sample = sampling.seen(node);
    row.put("status", !node.isUp() ? "offline" : sample == null ? "unknown" : "online");
    if (withCgroupMode && manages(node)) {
      row.put("hastate", node.isUp() ? "online" : "unknown");
    }
    if (sample == null) {
      return row;
    }
    row.put("level", "");
    if (withCgroupMode) {
      row.put("cgroup-mode", node.spec().cgroupMode());
    }
    if (caller.may("/nodes/" + node.name(), "Sys.Audit")) {
      row.put("uptime", sample.uptimeSeconds());
      row.put("cpu", sample.cpu());
      row.put("maxcpu", node.spec().cpus());
      row.put("mem", sample.memUsed());
      row.put("maxmem", node.spec().memoryBytes());
      row.put("disk", sample.rootUsed());
      row.put("maxdisk", node.spec().rootBytes());
    }
    return row;
  }

  private boolean manages(Node node) {
    return cluster.guestsOn(node.name()).stream().anyMatch(guest -> guest.haState() != null);
  }

  private void pools(Caller caller, List<Map<String, Object>> rows) {
    for (Facilities.Pool pool : cluster.facilities().pools()) {
      if (caller.may("/pool/" + pool.id(), "Pool.Audit")) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", "/pool/" + pool.id());
        row.put("type", "pool");
        row.put("pool", pool.id());
        rows.add(row);
      }
    }
  }

  private void guests(Caller caller, List<Map<String, Object>> rows) {
    for (Guest guest : cluster.guests()) {
      if (caller.may("/vms/" + guest.vmid(), "VM.Audit")) {
        rows.add(guestRow(guest, sampling.seen(guest)));
      }
    }
  }

  private Map<String, Object> guestRow(Guest guest, @Nullable GuestSample sample) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", guest.id());
    row.put("type", guest.type().word());
    row.put("node", guest.node());
    row.put("vmid", guest.vmid());
    row.put("status", sample == null ? "unknown" : word(guest, sample.state()));
    putUnlessNull(row, "pool", guest.pool());
    putUnlessNull(row, "lock", guest.lock());
    putUnlessNull(row, "tags", guest.config().text("tags"));
    putUnlessNull(row, "hastate", guest.haState());
    if (sample != null) {
      putUnlessNull(row, "name", guest.config().name());
      row.put("template", guest.isTemplate() ? 1 : 0);
      row.put("uptime", sample.uptimeSeconds());
      row.put("cpu", sample.cpu());
      row.put("maxcpu", guest.config().cpus());
      row.put("mem", sample.mem());
      row.put("maxmem", guest.config().memoryBytes());
      row.put("disk", sample.disk());
      row.put("maxdisk", guest.config().diskBytes());
      row.put("netin", sample.counters().netIn());
      row.put("netout", sample.counters().netOut());
      row.put("diskread", sample.counters().diskRead());
      row.put("diskwrite", sample.counters().diskWrite());
      if (cluster.version().isNine()) {
        row.put("memhost", sample.memHost());
      }
    }
    return row;
  }

  private static String word(Guest guest, RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case PAUSED -> guest.type() == GuestType.QEMU ? "paused" : "running";
      case STOPPED, ABSENT -> "stopped";
    };
  }

  private static void putUnlessNull(Map<String, Object> row, String key, @Nullable String value) {
    if (value != null) {
      row.put(key, value);
    }
  }

  private void storages(Caller caller, List<Map<String, Object>> rows) {
    for (Node node : cluster.members()) {
      Long beat = sampling.believedBeat(node.name());
      for (Storage storage : cluster.facilities().storages()) {
        if (caller.may("/storage/" + storage.id(), "Datastore.Audit")) {
          rows.add(storageRow(node, storage, beat));
        }
      }
    }
  }

  private static Map<String, Object> storageRow(Node node, Storage storage, @Nullable Long beat) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", "storage/" + node.name() + "/" + storage.id());
    row.put("type", "storage");
    row.put("storage", storage.id());
    row.put("node", node.name());
    row.put("content", storage.content());
    row.put("plugintype", storage.plugin());
    row.put("shared", storage.isShared() ? 1 : 0);
    boolean available = beat != null && storage.isActive(node.name());
    row.put("status", available ? "available" : "unknown");
    if (available && beat != null) {
      row.put("disk", storage.usedBytes(node.name(), beat));
      row.put("maxdisk", storage.totalBytes());
    }
    return row;
  }

  private void zones(Caller caller, List<Map<String, Object>> rows) {
    if (!caller.may("/sdn/zones/localnetwork", "SDN.Audit")) {
      return;
    }
    boolean nine = cluster.version().isNine();
    for (Node node : cluster.members()) {
      if (sampling.believedBeat(node.name()) == null) {
        continue;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      String kind = nine ? "network" : "sdn";
      row.put("type", kind);
      row.put(kind, "localnetwork");
      row.put("node", node.name());
      row.put("status", "ok");
      row.put("id", kind + "/" + node.name() + (nine ? "/zone" : "") + "/localnetwork");
      if (nine) {
        row.put("network-type", "zone");
      }
      rows.add(row);
    }
  }
}
