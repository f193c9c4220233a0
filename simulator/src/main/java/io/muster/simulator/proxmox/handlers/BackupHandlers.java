package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Backups;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Storage;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;
import io.muster.simulator.proxmox.world.model.TaskWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backup jobs, what they leave out, and {@code vzdump} by hand. */
final class BackupHandlers {
  private static final long DAY_SECONDS = 86_400;
  private static final long NIGHTLY_SECONDS = 3_600;

  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;

  BackupHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
  }

  void addTo(Routes routes) {
    routes.get("/cluster/backup", call -> jobs());
    routes.get("/cluster/backup/{id}", this::job);
    routes.get("/cluster/backup-info/not-backed-up", this::notBackedUp);
    routes.post("/nodes/{node}/vzdump", this::dump);
  }

  private List<Map<String, Object>> jobs() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> job : cluster.facilities().backupJobs()) {
      Map<String, Object> row = new LinkedHashMap<>(job);
      long today = cluster.now() / 1000 / DAY_SECONDS * DAY_SECONDS + NIGHTLY_SECONDS;
      row.put("next-run", today > cluster.now() / 1000 ? today : today + DAY_SECONDS);
      rows.add(row);
    }
    return rows;
  }

  private Object job(Call call) throws ApiException {
    for (Map<String, Object> job : jobs()) {
      if (call.required("id").equals(job.get("id"))) {
        return job;
      }
    }
    throw ApiException.of(500, "No such job '" + call.required("id") + "'");
  }

  private Object notBackedUp(Call call) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Guest guest : cluster.guests()) {
      boolean covered =
          cluster.facilities().backupJobs().stream().anyMatch(job -> covers(job, guest));
      if (!covered && call.caller().may("/vms/" + guest.vmid(), "VM.Audit")) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("vmid", guest.vmid());
        row.put("type", guest.type().word());
        String name = guest.config().name();
        if (name != null) {
          row.put("name", name);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static boolean covers(Map<String, Object> job, Guest guest) {
    String vmids = String.valueOf(job.getOrDefault("vmid", ""));
    return "1".equals(String.valueOf(job.get("all")))
        || (guest.pool() != null && guest.pool().equals(job.get("pool")))
        || List.of(vmids.split(",", -1)).contains(String.valueOf(guest.vmid()));
  }

  private Object dump(Call call) throws ApiException {
    tasks.requireQuorum();
    Node node = lookup.node(call);
    String name = call.has("storage") ? call.required("storage") : "local";
    Storage storage = cluster.facilities().storage(name);
    if (storage == null || !storage.holds("backup")) {
      throw ApiException.of(500, "storage '" + name + "' does not exist");
    }
    String vmids = call.text("vmid");
    List<Guest> guests =
        cluster.guestsOn(node.name()).stream()
            .filter(
                g -> vmids == null || List.of(vmids.split("[,; ]+", -1)).contains("" + g.vmid()))
            .filter(g -> call.caller().may("/vms/" + g.vmid(), "VM.Backup"))
            .toList();
    String id = guests.size() == 1 && vmids != null ? vmids : "";
    return cluster
        .tasks()
        .start(node, "vzdump", id, call.caller().identity(), work(guests, storage))
        .toString();
  }

  private TaskWork work(List<Guest> guests, Storage storage) {
    return new TaskWork() {
      @Override
      public void begin(Task task) throws TaskFailure {
        for (Guest guest : guests) {
          if (guest.lock() != null) {
            throw new TaskFailure("job errors");
          }
        }
        guests.forEach(guest -> guest.lock("backup"));
        guests.forEach(guest -> task.say("INFO: Starting Backup of " + guest.id()));
      }

      @Override
      public void finish(Task task) {
        abort();
        guests.stream()
            .filter(cluster::exists)
            .forEach(guest -> storage.add(Backups.volume(guest, cluster.now() / 1000)));
        task.say("INFO: Backup job finished successfully");
      }

      @Override
      public void abort() {
        guests.stream().filter(g -> "backup".equals(g.lock())).forEach(g -> g.lock(null));
      }
    };
  }
}
