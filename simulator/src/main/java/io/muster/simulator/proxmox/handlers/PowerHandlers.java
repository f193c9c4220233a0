package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.RunState;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.TaskFailure;

/**
 * Power of VMs: {@code POST /nodes/{node}/qemu/{vmid}/status/*}. Little is refused at once; most
 * fails in the task.
 */
final class PowerHandlers {
  private static final GuestType VM = GuestType.QEMU;
  private static final int DEFAULT_SHUTDOWN_SECONDS = 60;

  private final Cluster cluster;
  private final Lookup lookup;
  private final GuestTasks tasks;
  private final HaRequests ha;

  PowerHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.lookup = new Lookup(cluster);
    this.tasks = new GuestTasks(cluster);
    this.ha = new HaRequests(cluster);
  }

  void addTo(Routes routes) {
    String base = "/nodes/{node}/qemu/{vmid}/status/";
    routes.post(base + "start", this::start);
    routes.post(base + "stop", this::stop);
    routes.post(base + "shutdown", this::shutdown);
    routes.post(base + "reboot", this::reboot);
    routes.post(base + "reset", this::reset);
    routes.post(base + "suspend", this::suspend);
    routes.post(base + "resume", this::resume);
  }

  private Object start(Call call) throws ApiException {
    tasks.requireQuorum();
    if (ha.isManaged(call, VM)) {
      return ha.request(call, VM, true);
    }
    return tasks.start(
        call,
        VM,
        "qmstart",
        null,
        (guest, task) -> {
          if (guest.isTemplate()) {
            throw new TaskFailure("you can't start a vm if it's a template");
          }
          if (guest.state().isAlive()) {
            throw new TaskFailure("VM " + guest.vmid() + " already running");
          }
        },
        (guest, task) -> {
          if ("suspended".equals(guest.lock())) {
            guest.lock(null);
          }
          cluster.start(guest);
        });
  }

  private Object stop(Call call) throws ApiException {
    if (ha.isManaged(call, VM)) {
      return ha.request(call, VM, false);
    }
    if (call.flag("overrule-shutdown", false)) {
      String vmid = call.required("vmid");
      cluster.tasks().running(lookup.node(call).name()).stream()
          .filter(task -> task.upid().type().equals("qmshutdown"))
          .filter(task -> task.upid().id().equals(vmid))
          .forEach(cluster.tasks()::kill);
    }
    return tasks.start(
        call, VM, "qmstop", null, PowerHandlers::anything, (guest, task) -> cluster.stop(guest));
  }

  private static void anything(Guest guest, Task task) {
    // Nothing but the lock matters.
  }

  private Object shutdown(Call call) throws ApiException {
    Guest guest = lookup.guest(call, VM);
    refusePaused(guest);
    if (ha.isManaged(call, VM)) {
      return ha.request(call, VM, false);
    }
    boolean force = call.flag("forceStop", false);
    return tasks.start(
        call,
        VM,
        "qmshutdown",
        shutdownMs(call, guest, "qmshutdown"),
        null,
        PowerHandlers::askAgent,
        (g, task) -> {
          if (g.ignoresPowerButton() && g.state().isAlive() && !force) {
            throw new TaskFailure("VM quit/powerdown failed - got timeout");
          }
          if (g.ignoresPowerButton() && g.state().isAlive()) {
            task.say("VM quit/powerdown failed - terminating now with SIGTERM");
          }
          cluster.stop(g);
        });
  }

  /** One that does not listen is waited for until the time is over. */
  private long shutdownMs(Call call, Guest guest, String taskType) {
    if (!guest.state().isAlive()) {
      return 0;
    }
    return guest.ignoresPowerButton()
        ? cluster.tasks().pace().scaled(call.number("timeout", DEFAULT_SHUTDOWN_SECONDS) * 1000L)
        : cluster.tasks().pace().ms(taskType);
  }

  private static void askAgent(Guest guest, Task task) {
    if (guest.state().isAlive() && guest.config().isSet("agent") && !guest.agentAnswers()) {
      task.say(
          "QEMU Guest Agent is not running - VM "
              + guest.vmid()
              + " qmp command 'guest-ping' failed - got timeout");
    }
  }

  private Object reboot(Call call) throws ApiException {
    Guest guest = running(call);
    refusePaused(guest);
    return tasks.start(
        call,
        VM,
        "qmreboot",
        shutdownMs(call, guest, "qmreboot"),
        null,
        PowerHandlers::askAgent,
        (g, task) -> {
          if (g.ignoresPowerButton()) {
            throw new TaskFailure("VM quit/powerdown failed - got timeout");
          }
          cluster.stop(g);
          cluster.start(g);
        });
  }

  /** The process goes on, and with it its counters. */
  private Object reset(Call call) throws ApiException {
    running(call);
    return tasks.start(call, VM, "qmreset", null, PowerHandlers::anything, PowerHandlers::anything);
  }

  private Object suspend(Call call) throws ApiException {
    running(call);
    if (call.flag("todisk", false)) {
      return tasks.start(
          call,
          VM,
          "qmsuspend",
          "suspending",
          PowerHandlers::anything,
          (guest, task) -> {
            cluster.stop(guest);
            guest.lock("suspended");
          });
    }
    return tasks.start(
        call, VM, "qmpause", null, PowerHandlers::anything, (guest, task) -> cluster.pause(guest));
  }

  private Object resume(Call call) throws ApiException {
    running(call);
    return tasks.start(
        call,
        VM,
        "qmresume",
        null,
        PowerHandlers::anything,
        (guest, task) -> cluster.resume(guest));
  }

  private Guest running(Call call) throws ApiException {
    Guest guest = lookup.guest(call, VM);
    if (!guest.state().isAlive()) {
      throw ApiException.of(500, "VM " + guest.vmid() + " not running");
    }
    return guest;
  }

  private static void refusePaused(Guest guest) throws ApiException {
    if (guest.state() == RunState.PAUSED) {
      throw ApiException.of(500, "VM is paused - cannot shutdown");
    }
  }
}
