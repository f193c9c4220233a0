package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Storage;
import io.muster.simulator.proxmox.world.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node's storages and what lies in them. */
final class StorageHandlers {
  private final Cluster cluster;
  private final Lookup lookup;

  StorageHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
  }

  void addTo(Routes routes) {
    String base = "/nodes/{node}/storage";
    routes.get(base, this::list);
    routes.get(
        base + "/{storage}", call -> List.of(Map.of("subdir", "content"), Map.of("subdir", "rrd")));
    routes.get(base + "/{storage}/status", this::status);
    routes.get(base + "/{storage}/content", this::content);
  }

  private Object list(Call call) throws ApiException {
    Node node = lookup.node(call);
    String content = call.text("content");
    String wanted = call.text("storage");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Storage storage : cluster.facilities().storages()) {
      boolean asked =
          (wanted == null || wanted.equals(storage.id()))
              && (content == null || storage.holds(content));
      if (asked
          && call.caller()
              .may("/storage/" + storage.id(), "Datastore.Audit", "Datastore.AllocateSpace")) {
        Map<String, Object> row = row(node, storage);
        row.put("storage", storage.id());
        if (storage.isActive(node.name())) {
          long used = storage.usedBytes(node.name(), cluster.now());
          row.put("used_fraction", (double) used / storage.totalBytes());
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private Object status(Call call) throws ApiException {
    return row(lookup.node(call), lookup.storage(call));
  }

  private Map<String, Object> row(Node node, Storage storage) {
    boolean active = storage.isActive(node.name());
    long total = active ? storage.totalBytes() : 0;
    long used = active ? storage.usedBytes(node.name(), cluster.now()) : 0;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("type", storage.plugin());
    row.put("content", storage.content());
    row.put("active", active ? 1 : 0);
    row.put("enabled", 1);
    row.put("shared", storage.isShared() ? 1 : 0);
    row.put("total", total);
    row.put("used", used);
    row.put("avail", total - used);
    return row;
  }

  private Object content(Call call) throws ApiException {
    Node node = lookup.node(call);
    Storage storage = lookup.storage(call);
    if (!storage.isActive(node.name())) {
      throw ApiException.of(500, "storage '" + storage.id() + "' is not online");
    }
    String content = call.text("content");
    int vmid = call.number("vmid", 0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Volume volume : storage.volumes(node.name())) {
      if ((content == null || content.equals(volume.content()))
          && (vmid == 0 || vmid == volume.vmid())) {
        rows.add(volume(storage, volume));
      }
    }
    return rows;
  }

  private static Map<String, Object> volume(Storage storage, Volume volume) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("volid", storage.id() + ":" + volume.path());
    row.put("content", volume.content());
    row.put("format", volume.format());
    row.put("size", volume.sizeBytes());
    row.put("ctime", volume.createdSeconds());
    if (volume.vmid() != 0) {
      row.put("vmid", volume.vmid());
    }
    if (volume.content().equals("backup") && volume.guestType() != null) {
      row.put("subtype", volume.guestType().word());
    }
    String notes = volume.notes();
    if (notes != null) {
      row.put("notes", notes);
    }
    if (volume.isProtected()) {
      row.put("protected", 1);
    }
    return row;
  }
}
