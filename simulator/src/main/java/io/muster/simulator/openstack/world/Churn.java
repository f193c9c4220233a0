package io.muster.simulator.openstack.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.model.VmState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People who do something to their machines now and then. */
final class Churn {
  private static final Logger LOG = LoggerFactory.getLogger(Churn.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Machines machines;
  private long turn;

  private Churn(Cloud cloud, Machines machines) {
    this.cloud = cloud;
    this.machines = machines;
  }

  static void begin(Cloud cloud, Machines machines, Clockwork clockwork) {
    int perMinute = cloud.settings().churnPerMinute();
    if (perMinute > 0) {
      Churn churn = new Churn(cloud, machines);
      clockwork.every(MINUTE.dividedBy(perMinute), churn::once);
    }
  }

  private void once() {
    turn++;
    List<Instance> all =
        cloud.living().stream()
            .filter(Churn::fits)
            .sorted(Comparator.comparing(Instance::id))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    Instance machine =
        all.get(Noise.below(all.size(), cloud.settings().seed(), turn, Noise.of("churn")));
    Deed deed = deed(machine.state().vm());
    try {
      machines.act(
          machine,
          deed,
          Order.PLAIN,
          new Actor(
              machine.spec().user(), machine.spec().project(), false, "req-" + UUID.randomUUID()));
    } catch (Refusal e) {
      LOG.debug("Somebody else was quicker; the next turn comes soon", e);
    }
  }

  private static boolean fits(Instance machine) {
    return machine.state().task() == null
        && machine.state().lock() == Lock.NONE
        && (machine.state().vm() == VmState.ACTIVE || machine.state().vm() == VmState.STOPPED);
  }

  private Deed deed(VmState vm) {
    if (vm == VmState.STOPPED) {
      return Deed.START;
    }
    return turn % 3 == 0 ? Deed.STOP : Deed.REBOOT;
  }
}
