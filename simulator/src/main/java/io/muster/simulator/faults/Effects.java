package io.muster.simulator.faults;

import java.util.List;

/** What faults do to a cluster beside its requests. */
public interface Effects<F> {
  /** What a fault is about. */
  Nature nature(F fault);

  /** Refuses what names something that the cluster does not have. */
  void check(F fault);

  /** Lets something happen once. */
  void happen(Order<F> order);

  /** Brings the cluster into line with what holds now, the oldest first; what is not here ended. */
  void hold(List<Order<F>> lasting);

  /** What a fault is about. */
  enum Nature {
    /** It happens when it is put in, and leaves nothing behind that could be taken out. */
    ONCE,
    /** It holds for as long as it is in. */
    LASTING,
    /** It befalls requests. */
    OF_REQUESTS
  }
}
