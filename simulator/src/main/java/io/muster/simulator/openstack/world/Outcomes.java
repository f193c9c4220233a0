package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.VmState;
import org.jspecify.annotations.Nullable;

/** What comes of what is done to machines. */
final class Outcomes {
  private final Cloud cloud;
  private final Scheduler scheduler;

  Outcomes(Cloud cloud, Scheduler scheduler) {
    this.cloud = cloud;
    this.scheduler = scheduler;
  }

  /** Writes what a machine is after something was done to it. */
  void write(InstanceState before, InstanceState.Draft draft, Deed deed, Order order) {
    Flavor flavor = order.flavor();
    String name = order.name();
    String image = order.image();
    switch (deed) {
      case STOP -> draft.settle(VmState.STOPPED, PowerState.SHUTDOWN).booted(null);
      case START, REBOOT, REBOOT_HARD, RESUME, RESCUE, UNRESCUE, REBUILD -> {
        boots(draft, deed);
        if (deed == Deed.REBUILD && name != null) {
          draft.name(name);
        }
        if (deed == Deed.REBUILD && image != null) {
          draft.image(image).fault(null);
        }
        if (deed == Deed.REBUILD && before.vm() == VmState.STOPPED) {
          draft.settle(VmState.STOPPED, PowerState.SHUTDOWN).booted(null);
        }
      }
      case PAUSE -> draft.settle(VmState.PAUSED, PowerState.PAUSED);
      case UNPAUSE -> draft.settle(VmState.ACTIVE, PowerState.RUNNING);
      case SUSPEND -> draft.settle(VmState.SUSPENDED, PowerState.SHUTDOWN).booted(null);
      case CREATE_IMAGE, CHANGE_PASSWORD -> draft.settle(before.vm(), before.power());
      case RESIZE, MIGRATE -> {
        draft
            .settle(VmState.RESIZED, before.power())
            .before(before.flavor())
            .host(elsewhere(before, order));
        if (flavor != null) {
          draft.flavor(flavor);
        }
      }
      case CONFIRM_RESIZE -> draft.settle(resized(before), before.power()).before(null);
      case REVERT_RESIZE -> {
        Flavor old = before.before();
        draft.settle(resized(before), before.power()).before(null);
        if (old != null) {
          draft.flavor(old);
        }
      }
      case LIVE_MIGRATE -> draft.settle(before.vm(), before.power()).host(elsewhere(before, order));
      case SHELVE ->
          draft.settle(VmState.SHELVED_OFFLOADED, PowerState.SHUTDOWN).host(null).booted(null);
      case UNSHELVE -> {
        String host = scheduler.place(before.flavor(), null);
        if (host == null) {
          draft.settle(VmState.SHELVED_OFFLOADED, PowerState.SHUTDOWN);
        } else {
          boots(draft, deed);
          draft.host(host);
        }
      }
    }
  }

  private void boots(InstanceState.Draft draft, Deed deed) {
    draft
        .settle(deed == Deed.RESCUE ? VmState.RESCUED : VmState.ACTIVE, PowerState.RUNNING)
        .booted(cloud.now());
  }

  private static VmState resized(InstanceState before) {
    return before.power() == PowerState.RUNNING ? VmState.ACTIVE : VmState.STOPPED;
  }

  private @Nullable String elsewhere(InstanceState before, Order order) {
    if (order.host() != null) {
      return order.host();
    }
    Flavor flavor = order.flavor();
    String host = scheduler.place(flavor == null ? before.flavor() : flavor, before.host());
    return host == null ? before.host() : host;
  }
}
