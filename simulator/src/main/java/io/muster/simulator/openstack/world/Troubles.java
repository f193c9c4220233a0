package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.TaskState;
import io.muster.simulator.openstack.model.VmState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** One machine of each kind that a monitor has to tell apart, and a host that is taken out. */
final class Troubles {
  private final Cloud cloud;
  private final Instant now;

  Troubles(Cloud cloud) {
    this.cloud = cloud;
    this.now = cloud.now();
  }

  void begin() {
    Iterator<Instance> machines =
        cloud.living().stream()
            .filter(machine -> machine.state().vm() == VmState.ACTIVE)
            .sorted(Comparator.comparingInt((Instance machine) -> machine.spec().number()))
            .iterator();
    for (Consumer<InstanceState.Draft> trouble : all()) {
      machines.next().change(draft -> trouble.accept(draft.updated(now)));
    }
    List<Compute> computes = cloud.computes();
    if (computes.size() > 2) {
      computes.getLast().disable("firmware update");
    }
  }

  private List<Consumer<InstanceState.Draft>> all() {
    return List.of(
        draft -> draft.settle(VmState.PAUSED, PowerState.PAUSED),
        draft -> draft.settle(VmState.SUSPENDED, PowerState.SHUTDOWN).booted(null),
        draft ->
            draft.settle(VmState.SHELVED_OFFLOADED, PowerState.SHUTDOWN).host(null).booted(null),
        this::unplaced,
        draft ->
            draft
                .settle(VmState.ERROR, PowerState.RUNNING)
                .fault(Builds.fault("Failed to power off instance", now, false)),
        draft -> draft.lock(Lock.ADMIN),
        draft ->
            draft.settle(VmState.RESIZED, PowerState.RUNNING).before(cloud.flavors().getFirst()),
        Troubles::stuckInBuild);
  }

  private void unplaced(InstanceState.Draft draft) {
    draft
        .settle(VmState.ERROR, PowerState.NONE)
        .host(null)
        .launched(null)
        .booted(null)
        .fault(Builds.fault("No valid host was found. ", now, true));
  }

  private static void stuckInBuild(InstanceState.Draft draft) {
    draft
        .settle(VmState.BUILDING, PowerState.NONE)
        .task(TaskState.SPAWNING)
        .launched(null)
        .booted(null);
  }
}
