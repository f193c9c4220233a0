package io.muster.simulator.openstack.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.openstack.model.ActionEvent;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceAction;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.model.TaskState;
import io.muster.simulator.openstack.model.VmState;
import io.muster.simulator.openstack.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What is done to machines that are there. */
public final class Machines {
  private static final Duration DELETES = Duration.ofSeconds(1);

  /** As the recorded testbed's driver uploads. */
  private static final long SNAPSHOT_BYTES = 65_536;

  private final Cloud cloud;
  private final Clockwork clockwork;
  private final Outcomes outcomes;

  Machines(Cloud cloud, Clockwork clockwork, Scheduler scheduler) {
    this.cloud = cloud;
    this.clockwork = clockwork;
    this.outcomes = new Outcomes(cloud, scheduler);
  }

  /** Begins to do it, or refuses as Nova does. */
  public void act(Instance machine, Deed deed, Order order, Actor actor) {
    synchronized (machine) {
      requireUnlocked(machine, actor);
      requireState(machine, deed);
      begin(machine, deed.word(), deed.event(), actor);
      TaskState during = deed.during();
      change(machine, draft -> draft.task(during));
    }
    clockwork.after(
        deed.length(), () -> onHost(machine, () -> finish(machine, deed, order, actor)));
  }

  private void onHost(Instance machine, Runnable deed) {
    Compute compute = cloud.compute(machine.state().host());
    if (compute == null) {
      deed.run();
    } else {
      compute.cast(deed);
    }
  }

  private static void requireUnlocked(Instance machine, Actor actor) {
    if (machine.state().lock() != Lock.NONE && !actor.isAdmin()) {
      throw new Refusal(409, "Instance " + machine.id() + " is locked");
    }
  }

  private static void requireState(Instance machine, Deed deed) {
    InstanceState state = machine.state();
    TaskState task = state.task();
    if (!deed.from().contains(state.vm())) {
      throw conflict(machine, deed, "vm_state " + state.vm().word());
    }
    if (task != null) {
      throw conflict(machine, deed, "task_state " + task.word());
    }
    if (state.launched() == null) {
      throw new Refusal(
          409, "Cannot '%s' an instance which has never been active".formatted(deed.word()));
    }
  }

  private static Refusal conflict(Instance machine, Deed deed, String what) {
    return new Refusal(
        409,
        "Cannot '%s' instance %s while it is in %s".formatted(deed.word(), machine.id(), what));
  }

  /** Notes in the machine's list that something begins. */
  void begin(Instance machine, String action, String event, Actor actor) {
    Instant now = cloud.now();
    machine.begin(
        new InstanceAction(
            action,
            actor.requestId(),
            actor.user(),
            actor.project(),
            now,
            now,
            null,
            List.of(new ActionEvent(event, now, null, null, machine.state().host()))));
  }

  /** Changes a machine and tells whoever listens. */
  void change(Instance machine, Consumer<InstanceState.Draft> change) {
    Instant now = cloud.now();
    machine.change(draft -> change.accept(draft.updated(now)));
    cloud.changes().note(machine, now);
  }

  private void finish(Instance machine, Deed deed, Order order, Actor actor) {
    synchronized (machine) {
      // Somebody reset or deleted it meanwhile.
      if (machine.state().task() != deed.during()) {
        return;
      }
      change(machine, draft -> outcomes.write(machine.state(), draft, deed, order));
      machine.finish(actor.requestId(), cloud.now(), null);
    }
    String image = order.image();
    if (deed == Deed.CREATE_IMAGE && image != null) {
      Image snapshot = cloud.image(image);
      if (snapshot != null) {
        cloud.put(snapshot.uploaded(SNAPSHOT_BYTES, cloud.now()));
      }
    }
  }

  /** Locks it; an administrator's lock holds for its owner too. */
  public void lock(Instance machine, Actor actor) {
    change(machine, draft -> draft.lock(actor.isAdmin() ? Lock.ADMIN : Lock.OWNER));
  }

  public void unlock(Instance machine) {
    change(machine, draft -> draft.lock(Lock.NONE));
  }

  public void rename(Instance machine, String name) {
    change(machine, draft -> draft.name(name));
  }

  /** Sets what Nova believes of it, whatever is true: a state that is set has no fault. */
  public void reset(Instance machine, boolean toActive) {
    change(
        machine,
        draft ->
            draft
                .settle(toActive ? VmState.ACTIVE : VmState.ERROR, machine.state().power())
                .fault(null));
  }

  /** Deletes it; what is deleted already stays so. */
  public void delete(Instance machine, String action, Actor actor) {
    synchronized (machine) {
      requireUnlocked(machine, actor);
      if (machine.state().task() == TaskState.DELETING) {
        return;
      }
      begin(machine, action, "compute_terminate_instance", actor);
      change(machine, draft -> draft.task(TaskState.DELETING));
    }
    Runnable end = () -> bury(machine, actor);
    // Nova's API deletes by itself what is on a host that it knows to be down.
    clockwork.after(DELETES, isOnDownHost(machine) ? end : () -> onHost(machine, end));
  }

  private boolean isOnDownHost(Instance machine) {
    Compute compute = cloud.compute(machine.state().host());
    return compute != null && !compute.isUp(cloud.now());
  }

  private void bury(Instance machine, Actor actor) {
    synchronized (machine) {
      if (machine.state().isDeleted()) {
        return;
      }
      Instant now = cloud.now();
      change(
          machine,
          draft -> draft.settle(VmState.DELETED, PowerState.NONE).terminated(now).booted(null));
      machine.finish(actor.requestId(), now, null);
      for (Volume volume : cloud.volumesOf(machine.id())) {
        cloud.put(volume.detached(now));
      }
    }
    cloud.buried(machine.id());
  }
}
