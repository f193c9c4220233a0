package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations of guests: read, pending values, change. Passwords are write-only. */
final class ConfigHandlers {
  private static final String MASK = "**********";

  private final Lookup lookup;
  private final GuestTasks tasks;

  ConfigHandlers(Cluster cluster) {
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
  }

  void addTo(Routes routes) {
    for (GuestType type : GuestType.values()) {
      String base = "/nodes/{node}/" + type.word() + "/{vmid}/";
      routes.get(base + "config", call -> config(call, type));
      routes.get(base + "pending", call -> pending(call, type));
      routes.put(base + "config", call -> put(call, type));
    }
    routes.post("/nodes/{node}/qemu/{vmid}/config", this::post);
  }

  static void mask(Map<String, Object> config) {
    config.replaceAll((key, value) -> key.equals("cipassword") ? MASK : value);
  }

  private Object config(Call call, GuestType type) throws ApiException {
    return visible(lookup.guest(call, type));
  }

  private static Map<String, Object> visible(Guest guest) {
    Map<String, Object> row = new LinkedHashMap<>(guest.config().values());
    String lock = guest.lock();
    if (lock != null) {
      row.put("lock", lock);
    }
    String parent = guest.currentParent();
    if (parent != null) {
      row.put("parent", parent);
    }
    row.put("digest", guest.config().digest());
    mask(row);
    return row;
  }

  private Object pending(Call call, GuestType type) throws ApiException {
    List<Map<String, Object>> rows = new ArrayList<>();
    visible(lookup.guest(call, type))
        .forEach((key, value) -> rows.add(Map.of("key", key, "value", value)));
    return rows;
  }

  private @Nullable Object put(Call call, GuestType type) throws ApiException {
    Guest guest = checked(call, type);
    String lock = guest.lock();
    if (lock != null) {
      throw ApiException.of(500, type.title() + " is locked (" + lock + ")");
    }
    apply(guest, GuestParameters.of(call, type), call.text("delete"));
    return null;
  }

  private Object post(Call call) throws ApiException {
    checked(call, GuestType.QEMU);
    Map<String, Object> changes = GuestParameters.of(call, GuestType.QEMU);
    String delete = call.text("delete");
    return tasks.start(
        call,
        GuestType.QEMU,
        "qmconfig",
        null,
        (guest, task) -> {},
        (guest, task) -> apply(guest, changes, delete));
  }

  private Guest checked(Call call, GuestType type) throws ApiException {
    tasks.requireQuorum();
    Guest guest = lookup.guest(call, type);
    String digest = call.text("digest");
    if (digest != null && !digest.equals(guest.config().digest())) {
      throw ApiException.of(500, "checksum mismatch (file change by other user?)");
    }
    return guest;
  }

  private static void apply(Guest guest, Map<String, Object> changes, @Nullable String delete) {
    changes.forEach(guest.config()::set);
    if (delete != null) {
      for (String key : delete.split("[,; ]+", -1)) {
        guest.config().remove(key);
      }
    }
  }
}
