package io.muster.simulator.proxmox.faults;

import java.util.List;

/** What faults do to a cluster beside its requests. */
public interface Effects {
  /** Refuses what names something that the cluster does not have. */
  void check(Fault.Lasting fault);

  /** Lets something happen once. */
  void happen(Fault.Once fault, FaultOrder order);

  /** Brings the cluster into line with what holds now, the oldest first; what is not here ended. */
  void hold(List<Held> lasting);

  /** A fault that lasts. */
  record Held(Fault.Lasting fault, FaultOrder order) {}
}
