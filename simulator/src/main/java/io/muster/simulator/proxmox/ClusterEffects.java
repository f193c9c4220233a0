package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.faults.Effects;
import io.muster.simulator.proxmox.faults.Fault;
import io.muster.simulator.proxmox.faults.FaultOrder;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import java.util.List;

/** Carries out what faults do to the cluster itself. */
final class ClusterEffects implements Effects {
  private final ProxmoxWorld world;

  ClusterEffects(ProxmoxWorld world) {
    this.world = world;
  }

  @Override
  public void happen(Fault.Once fault, FaultOrder order) {
    switch (fault) {
      case Fault.CounterReset(Integer vmid) -> {
        if (vmid == null) {
          order.nodes().forEach(world::resetCounters);
        } else {
          world.resetCounters(vmid);
        }
      }
    }
  }

  @Override
  public void hold(List<Held> lasting) {
    for (String node : world.nodes()) {
      long offset = 0;
      for (Held held : lasting) {
        if (held.fault() instanceof Fault.Skew(long seconds)
            && held.order().nodes().contains(node)) {
          offset = seconds;
        }
      }
      if (offset != world.clockOffsetSeconds(node)) {
        world.setClock(node, offset);
      }
    }
  }
}
