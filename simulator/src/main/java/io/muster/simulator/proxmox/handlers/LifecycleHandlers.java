package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import io.muster.simulator.proxmox.world.model.TaskWork;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Guests come and go: create, clone, migrate, delete. */
final class LifecycleHandlers {
  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;
  private final Disks disks;

  LifecycleHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
    this.disks = new Disks(cluster);
  }

  void addTo(Routes routes) {
    for (GuestType type : GuestType.values()) {
      String base = "/nodes/{node}/" + type.word();
      routes.post(base, call -> create(call, type));
      routes.post(base + "/{vmid}/clone", call -> copy(call, type));
      routes.post(base + "/{vmid}/migrate", call -> migrate(call, type));
      routes.delete(base + "/{vmid}", call -> delete(call, type));
    }
  }

  private Object create(Call call, GuestType type) throws ApiException {
    tasks.requireQuorum();
    Node node = lookup.node(call);
    int vmid = lookup.vmid(call);
    requirePermissionToCreate(call, vmid);
    Guest taken = cluster.guest(vmid);
    if (taken != null) {
      String already =
          "%s %d already exists on node '%s'".formatted(type.title(), vmid, taken.node());
      throw ApiException.of(
          500, type == GuestType.QEMU ? "unable to create VM " + vmid + " - " + already : already);
    }
    Map<String, Object> config = GuestParameters.of(call, type);
    config.put(
        "meta",
        "creation-qemu=%s,ctime=%d".formatted(cluster.version().qemu(), cluster.now() / 1000));
    config.put("smbios1", "uuid=" + uuid(vmid, cluster.now()));
    if (type == GuestType.LXC) {
      config.remove("meta");
      config.remove("smbios1");
    }
    disks.allocate(config, vmid);
    Guest guest = cluster.addGuest(vmid, type, node.name(), config);
    guest.pool(call.text("pool"));
    disks.register(guest);
    boolean start = call.flag("start", false);
    return born(call, node, type, type.taskPrefix() + "create", guest, "create", start);
  }

  private static void requirePermissionToCreate(Call call, int vmid) throws ApiException {
    String pool = call.text("pool");
    boolean may =
        call.caller().may("/vms/" + vmid, "VM.Allocate")
            || (pool != null && call.caller().may("/pool/" + pool, "VM.Allocate"));
    if (!may) {
      throw ApiException.of(403, "Permission check failed (/vms/" + vmid + ", VM.Allocate)");
    }
  }

  private static String uuid(int vmid, long ms) {
    return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", vmid, ms);
  }

  /** The configuration is there and locked from the first moment; the task makes it usable. */
  private String born(
      Call call,
      Node node,
      GuestType type,
      String taskType,
      Guest guest,
      String lock,
      boolean start) {
    guest.lock(lock);
    TaskWork work =
        new TaskWork() {
          @Override
          public void finish(Task task) throws TaskFailure {
            if (!cluster.exists(guest)) {
              throw new TaskFailure(Lookup.missing(guest.node(), guest.vmid(), type));
            }
            guest.lock(null);
            if (start) {
              cluster.start(guest);
            }
          }

          @Override
          public void abort() {
            if (cluster.exists(guest)) {
              cluster.delete(guest);
            }
          }
        };
    String id = lock.equals("clone") ? call.required("vmid") : String.valueOf(guest.vmid());
    return cluster.tasks().start(node, taskType, id, call.caller().identity(), work).toString();
  }

  private Object copy(Call call, GuestType type) throws ApiException {
    tasks.requireQuorum();
    Guest source = lookup.guest(call, type);
    Node node = lookup.node(call);
    int newId = Integer.parseInt(call.required("newid"));
    if (cluster.guest(newId) != null) {
      throw ApiException.of(
          500, "unable to create %s %d: config file already exists".formatted(type.title(), newId));
    }
    String lock = source.lock();
    if (lock != null) {
      throw ApiException.of(500, type.title() + " is locked (" + lock + ")");
    }
    if (!source.isTemplate() && type == GuestType.QEMU && !call.flag("full", true)) {
      throw ApiException.badParameters(
          Map.of("full", "Linked clone feature is not supported for non-template"));
    }
    Map<String, Object> config = new LinkedHashMap<>(source.config().values());
    config.remove("template");
    config.remove("protection");
    config.replaceAll((key, value) -> renumbered(value, source.vmid(), newId));
    putUnlessNull(config, "description", call.text("description"));
    if (type == GuestType.QEMU) {
      String name = call.text("name");
      String old = source.config().name();
      config.put("name", name != null ? name : "Copy-of-VM-" + (old == null ? source.vmid() : old));
      config.put("smbios1", "uuid=" + uuid(newId, cluster.now()));
    } else {
      putUnlessNull(config, "hostname", call.text("hostname"));
    }
    String target = call.text("target");
    Guest guest = cluster.addGuest(newId, type, target == null ? node.name() : target, config);
    guest.pool(call.text("pool"));
    disks.register(guest);
    return born(call, node, type, type.taskPrefix() + "clone", guest, "clone", false);
  }

  private static Object renumbered(Object value, int from, int to) {
    return value instanceof String text
        ? text.replace("-" + from + "-disk-", "-" + to + "-disk-")
        : value;
  }

  private static void putUnlessNull(
      Map<String, Object> config, String key, @Nullable String value) {
    if (value != null) {
      config.put(key, value);
    }
  }

  private Object migrate(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guest(call, type);
    String target = call.required("target");
    Node to = cluster.node(target);
    if (to == null || !to.isMember()) {
      throw ApiException.of(500, "no such cluster node '" + target + "'");
    }
    if (target.equals(guest.node())) {
      throw ApiException.badParameters(Map.of("target", "target is local node."));
    }
    boolean live = call.flag("online", false) || call.flag("restart", false);
    if (guest.state().isAlive() && !live) {
      throw ApiException.of(
          500,
          type == GuestType.QEMU
              ? "can't migrate running VM without --online"
              : "can't migrate running container without --online or --restart");
    }
    return tasks.start(
        call,
        type,
        type.taskPrefix().equals("qm") ? "qmigrate" : "vzmigrate",
        "migrate",
        (found, task) ->
            task.say("starting migration of %s to node '%s'".formatted(found.id(), target)),
        (found, task) -> {
          if (!to.isUp()) {
            throw new TaskFailure("migration aborted");
          }
          cluster.move(found, target);
        });
  }

  private Object delete(Call call, GuestType type) throws ApiException {
    Guest guest = lookup.guest(call, type);
    String title = type.title() + " " + guest.vmid();
    if (guest.config().isSet("protection")) {
      throw ApiException.of(500, "can't remove " + title + " - protection mode enabled");
    }
    if (guest.haState() != null && !call.flag("purge", false)) {
      throw ApiException.of(
          500,
          "unable to remove " + title + " - used in HA resources and purge parameter not set.");
    }
    boolean force = type == GuestType.LXC && call.flag("force", false);
    if (guest.state().isAlive() && !force) {
      throw ApiException.of(
          500,
          type == GuestType.QEMU
              ? title + " is running - destroy failed"
              : "unable to destroy " + title + " - container is running");
    }
    return tasks.start(
        call,
        type,
        type.taskPrefix() + "destroy",
        null,
        (found, task) -> {},
        (found, task) -> cluster.delete(found));
  }
}
