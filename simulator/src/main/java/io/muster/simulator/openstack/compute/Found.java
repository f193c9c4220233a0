package io.muster.simulator.openstack.compute;

import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import org.jspecify.annotations.Nullable;

/** The machine that a path names; of another project there is none. */
final class Found {
  private Found() {}

  static Instance machine(Cloud cloud, Call call) {
    Instance machine = visible(cloud, call);
    if (machine == null) {
      throw new Refusal(404, "Instance " + call.in("server") + " could not be found.");
    }
    return machine;
  }

  /** As actions say it of an id that no cell knows. */
  static Instance mapped(Cloud cloud, Call call) {
    Instance machine = visible(cloud, call);
    if (machine == null) {
      throw new Refusal(404, "Instance " + call.in("server") + " has no mapping to a cell.");
    }
    return machine;
  }

  private static @Nullable Instance visible(Cloud cloud, Call call) {
    Instance machine = cloud.instance(call.in("server"));
    return machine == null
            || machine.state().isDeleted()
            || (!call.isAdmin() && !machine.spec().project().equals(call.token().project()))
        ? null
        : machine;
  }
}
