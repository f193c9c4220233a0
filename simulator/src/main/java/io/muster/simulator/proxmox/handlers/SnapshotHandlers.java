package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Snapshot;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of guests: list, take, roll back, delete. What can't be done fails in the task. */
final class SnapshotHandlers {
  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;

  SnapshotHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
  }

  void addTo(Routes routes) {
    for (GuestType type : GuestType.values()) {
      String base = "/nodes/{node}/" + type.word() + "/{vmid}/";
      String one = base + "snapshot/{snapname}";
      routes.get(base + "snapshot", call -> list(call, type));
      routes.post(base + "snapshot", call -> create(call, type));
      routes.get(one, call -> List.of(Map.of("cmd", "rollback"), Map.of("cmd", "config")));
      routes.get(one + "/config", call -> config(call, type));
      routes.post(one + "/rollback", call -> rollback(call, type));
      routes.delete(one, call -> delete(call, type));
      routes.get(base + "feature", call -> feature(call, type));
    }
  }

  private Object list(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guest(call, type);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Snapshot snapshot : guest.snapshots().values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", snapshot.name());
      row.put("snaptime", snapshot.timeSeconds());
      row.put("description", snapshot.description());
      if (type == GuestType.QEMU) {
        row.put("vmstate", snapshot.withMemory() ? 1 : 0);
      }
      String parent = snapshot.parent();
      if (parent != null) {
        row.put("parent", parent);
      }
      rows.add(row);
    }
    rows.add(current(guest));
    return rows;
  }

  private static Map<String, Object> current(Guest guest) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", "current");
    row.put("description", "You are here!");
    row.put("digest", guest.config().digest());
    row.put("running", guest.state().isAlive() ? 1 : 0);
    String parent = guest.currentParent();
    if (parent != null) {
      row.put("parent", parent);
    }
    return row;
  }

  private Object create(Call call, GuestType type) throws ApiException {
    String name = call.required("snapname");
    boolean reserved = name.equals("current") || name.equals("pending");
    if (reserved || (type == GuestType.LXC && name.equals("vzdump"))) {
      throw ApiException.of(500, "unable to use snapshot name '" + name + "' (reserved name)");
    }
    String given = call.text("description");
    String description = given == null ? "" : given;
    boolean memory = call.flag("vmstate", false);
    return tasks.start(
        call,
        type,
        type.taskPrefix() + "snapshot",
        "snapshot",
        (guest, task) -> {
          if (guest.isTemplate()) {
            throw new TaskFailure("you can't take a snapshot if it's a template");
          }
          if (guest.snapshots().containsKey(name)) {
            throw new TaskFailure("snapshot name '" + name + "' already used");
          }
          describe(guest, task);
        },
        (guest, task) -> {
          boolean withMemory = memory && guest.state().isAlive();
          Snapshot taken =
              new Snapshot(
                  name,
                  cluster.now() / 1000,
                  description,
                  withMemory,
                  guest.currentParent(),
                  guest.config().values());
          guest.snapshots().put(name, taken);
          guest.currentParent(name);
        });
  }

  private static void describe(Guest guest, Task task) {
    if (guest.type() != GuestType.QEMU) {
      return;
    }
    if (guest.state().isAlive() && guest.config().isSet("agent") && !guest.agentAnswers()) {
      task.say(
          "QEMU Guest Agent is not running - VM "
              + guest.vmid()
              + " qmp command 'guest-ping' failed - got timeout");
    }
    guest
        .config()
        .disks()
        .forEach((key, volume) ->
            task.say("snapshotting 'drive-%s' (%s)".formatted(key, volume.split(",", 2)[0])));
  }

  private Object config(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guest(call, type);
    Snapshot snapshot = guest.snapshots().get(call.required("snapname"));
    if (snapshot == null) {
      throw ApiException.of(500, "snapshot '" + call.required("snapname") + "' does not exist");
    }
    Map<String, Object> row = new LinkedHashMap<>(snapshot.config());
    row.put("snaptime", snapshot.timeSeconds());
    if (!snapshot.description().isEmpty()) {
      row.put("description", snapshot.description());
    }
    ConfigHandlers.mask(row);
    return row;
  }

  private Object rollback(Call call, GuestType type) throws ApiException {
    String name = call.required("snapname");
    boolean start = call.flag("start", false);
    return tasks.start(
        call,
        type,
        type.taskPrefix() + "rollback",
        "rollback",
        (guest, task) -> require(guest, name),
        (guest, task) -> {
          Snapshot snapshot = require(guest, name);
          guest.config().replaceAll(snapshot.config());
          guest.currentParent(name);
          // Without RAM the guest is as after a power cut.
          cluster.stop(guest);
          if (snapshot.withMemory() || start) {
            cluster.start(guest);
          }
        });
  }

  private Object delete(Call call, GuestType type) throws ApiException {
    String name = call.required("snapname");
    return tasks.start(
        call,
        type,
        type.taskPrefix() + "delsnapshot",
        "snapshot-delete",
        (guest, task) -> require(guest, name),
        (guest, task) -> {
          Snapshot gone = require(guest, name);
          guest.snapshots().remove(name);
          if (name.equals(guest.currentParent())) {
            guest.currentParent(gone.parent());
          }
          guest.snapshots().replaceAll((key, other) -> reparented(other, gone));
        });
  }

  private static Snapshot reparented(Snapshot snapshot, Snapshot gone) {
    return gone.name().equals(snapshot.parent())
        ? new Snapshot(
            snapshot.name(),
            snapshot.timeSeconds(),
            snapshot.description(),
            snapshot.withMemory(),
            gone.parent(),
            snapshot.config())
        : snapshot;
  }

  private static Snapshot require(Guest guest, String name) throws TaskFailure {
    Snapshot snapshot = guest.snapshots().get(name);
    if (snapshot == null) {
      throw new TaskFailure("snapshot '" + name + "' does not exist");
    }
    return snapshot;
  }

  private Object feature(Call call, GuestType type) throws ApiException {
    lookup.guest(call, type);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("hasFeature", 1);
    if (type == GuestType.QEMU) {
      row.put("nodes", List.of(lookup.node(call).name()));
    }
    return row;
  }
}
