package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;

/**
 * Power of containers: {@code POST /nodes/{node}/lxc/{vmid}/status/*}. Unlike with VMs a wrong
 * state is refused at once. There is no reset.
 */
final class ContainerPowerHandlers {
  private static final GuestType CT = GuestType.LXC;

  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;
  private final HaRequests ha;

  ContainerPowerHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
    this.ha = new HaRequests(cluster);
  }

  void addTo(Routes routes) {
    String base = "/nodes/{node}/lxc/{vmid}/status/";
    routes.post(base + "start", this::start);
    routes.post(base + "stop", call -> halt(call, "vzstop"));
    routes.post(base + "shutdown", call -> halt(call, "vzshutdown"));
    routes.post(base + "reboot", this::reboot);
    routes.post(base + "suspend", this::suspend);
    routes.post(base + "resume", this::resume);
  }

  private Object start(Call call) throws ApiException {
    Guest guest = requireStopped(call);
    if (guest.haState() != null) {
      return ha.request(call, CT, true);
    }
    return tasks.start(
        call,
        CT,
        "vzstart",
        null,
        (g, task) -> {
          if (g.isTemplate()) {
            throw new TaskFailure("you can't start a CT if it's a template");
          }
        },
        (g, task) -> cluster.start(g));
  }

  private Object halt(Call call, String taskType) throws ApiException {
    Guest guest = requireRunning(call);
    if (guest.haState() != null) {
      return ha.request(call, CT, false);
    }
    return tasks.start(
        call, CT, taskType, null, ContainerPowerHandlers::anything, (g, task) -> cluster.stop(g));
  }

  private Object reboot(Call call) throws ApiException {
    requireRunning(call);
    return tasks.start(
        call,
        CT,
        "vzreboot",
        null,
        ContainerPowerHandlers::anything,
        (guest, task) -> {
          cluster.stop(guest);
          cluster.start(guest);
        });
  }

  /** Freezing to disk is experimental and as good as always fails. */
  private Object suspend(Call call) throws ApiException {
    requireRunning(call);
    return tasks.start(
        call, CT, "vzsuspend", null, ContainerPowerHandlers::anything, this::noCheckpoint);
  }

  private Object resume(Call call) throws ApiException {
    requireStopped(call);
    return tasks.start(
        call, CT, "vzresume", null, ContainerPowerHandlers::anything, this::noCheckpoint);
  }

  private void noCheckpoint(Guest guest, Task task) throws TaskFailure {
    throw new TaskFailure(
        "command 'lxc-checkpoint -n %d -s -D /var/lib/vz/dump' failed: exit code 1"
            .formatted(guest.vmid()));
  }

  private static void anything(Guest guest, Task task) {
    // Nothing but the lock matters.
  }

  private Guest requireRunning(Call call) throws ApiException {
    Guest guest = lookup.guest(call, CT);
    if (!guest.state().isAlive()) {
      throw ApiException.of(500, "CT " + guest.vmid() + " not running");
    }
    return guest;
  }

  private Guest requireStopped(Call call) throws ApiException {
    Guest guest = lookup.guest(call, CT);
    if (guest.state().isAlive()) {
      throw ApiException.of(500, "CT " + guest.vmid() + " already running");
    }
    return guest;
  }
}
