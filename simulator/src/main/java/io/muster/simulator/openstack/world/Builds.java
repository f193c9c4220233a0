package io.muster.simulator.openstack.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceFault;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.TaskState;
import io.muster.simulator.openstack.model.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Machines that come into being. As on the recorded testbed, a name with {@code -fail-} fails on
 * its host, and one with {@code -build-} never gets ready.
 */
public final class Builds {
  private static final Duration SCHEDULES = Duration.ofMillis(300);
  private static final Duration SPAWNS = Duration.ofSeconds(6);

  private final Cloud cloud;
  private final Clockwork clockwork;
  private final Machines machines;
  private final Scheduler scheduler;
  private final Deque<Runnable> stuck = new ArrayDeque<>();
  private boolean sticking;

  Builds(Cloud cloud, Clockwork clockwork, Machines machines, Scheduler scheduler) {
    this.cloud = cloud;
    this.clockwork = clockwork;
    this.machines = machines;
    this.scheduler = scheduler;
  }

  /** What somebody wants. */
  public record Wish(
      String name, Flavor flavor, String image, @Nullable String host, List<String> tags) {
    public Wish {
      tags = List.copyOf(tags);
    }
  }

  /** Begins to build a machine. */
  public Instance create(Wish wish, Actor actor) {
    Instant now = cloud.now();
    int number = cloud.nextNumber();
    Instance machine =
        new Instance(
            new InstanceSpec(
                UUID.randomUUID().toString(),
                number,
                actor.project(),
                actor.user(),
                wish.name(),
                now,
                DemoCloud.port(cloud.ids(), number),
                wish.tags()),
            InstanceState.unscheduled(wish.name(), wish.flavor(), wish.image(), now));
    machines.begin(machine, "create", "conductor_schedule_and_build_instances", actor);
    cloud.put(machine);
    cloud.changes().note(machine, now);
    clockwork.after(SCHEDULES, () -> schedule(machine, wish, actor));
    return machine;
  }

  private void schedule(Instance machine, Wish wish, Actor actor) {
    String asked = wish.host();
    String host = asked == null ? scheduler.place(wish.flavor(), null) : asked;
    Compute compute = cloud.compute(host);
    if (compute == null) {
      fail(machine, actor, "No valid host was found. ", true);
      return;
    }
    machines.change(machine, draft -> draft.host(host).task(TaskState.SPAWNING));
    clockwork.after(SPAWNS, () -> compute.cast(() -> spawnUnlessStuck(machine, actor)));
  }

  private void spawnUnlessStuck(Instance machine, Actor actor) {
    synchronized (stuck) {
      if (sticking || machine.state().name().contains("-build-")) {
        stuck.add(() -> spawnUnlessStuck(machine, actor));
        return;
      }
    }
    if (machine.state().task() != TaskState.SPAWNING) {
      return;
    }
    if (machine.state().name().contains("-fail-")) {
      fail(
          machine,
          actor,
          "Build of instance " + machine.id() + " aborted: the driver refused to spawn it",
          false);
      return;
    }
    Instant now = cloud.now();
    machines.change(
        machine,
        draft -> draft.settle(VmState.ACTIVE, PowerState.RUNNING).launched(now).booted(now));
    machine.finish(actor.requestId(), now, null);
  }

  private void fail(Instance machine, Actor actor, String why, boolean beforeAnyCell) {
    Instant now = cloud.now();
    InstanceFault fault = fault(why, now, beforeAnyCell);
    machines.change(
        machine, draft -> draft.settle(VmState.ERROR, PowerState.NONE).host(null).fault(fault));
    machine.finish(actor.requestId(), now, why);
  }

  /** A fault as Nova keeps it. */
  static InstanceFault fault(String why, Instant now, boolean beforeAnyCell) {
    String details =
        """
        Traceback (most recent call last):
          File "/usr/lib/python3/dist-packages/nova/conductor/manager.py", line 1587, in \
        schedule_and_build_instances
            host_lists = self._schedule_instances(context, request_specs[0],
        """
            + (beforeAnyCell
                ? "nova.exception_Remote.NoValidHost_Remote: "
                : "nova.exception.BuildAbortException: ")
            + why
            + "\n";
    return new InstanceFault(500, now, why, details, beforeAnyCell);
  }

  /** Breaks a machine, as its host would. */
  public void breakDown(Instance machine, String why) {
    InstanceFault fault = fault(why, cloud.now(), false);
    machines.change(
        machine, draft -> draft.settle(VmState.ERROR, machine.state().power()).fault(fault));
  }

  /** Whether what is built from now on never gets ready; when it ends, all that waited goes on. */
  public void stick(boolean on) {
    Deque<Runnable> waiting;
    synchronized (stuck) {
      sticking = on;
      if (on) {
        return;
      }
      waiting = new ArrayDeque<>(stuck);
      stuck.clear();
    }
    waiting.forEach(Runnable::run);
  }
}
