package io.muster.simulator.proxmox.faults;

import io.muster.simulator.control.Verb;
import io.muster.simulator.faults.Active;
import io.muster.simulator.faults.Board;
import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.FaultVerbs;
import io.muster.simulator.faults.Order;
import io.muster.simulator.proxmox.api.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The faults of one cluster, and what they make of its requests. */
public final class Faults {
  private final Board<Fault> board;

  /**
   * Nothing is wrong yet.
   *
   * @param timer ends what ends by itself
   */
  public Faults(Effects<Fault> effects, ScheduledExecutorService timer) {
    this.board = new Board<>(effects, timer);
  }

  /** Puts a fault in; answers its number. */
  public long add(Order<Fault> order) {
    return board.add(order);
  }

  /** Takes a fault out. */
  public void remove(long id) {
    board.remove(id);
  }

  /** Takes all faults out. */
  public void removeAll() {
    board.removeAll();
  }

  /** Each as it was asked for, with what is left of it; the oldest first. */
  public List<Map<String, Object>> list() {
    return board.list();
  }

  /**
   * What the control endpoint can do with them.
   *
   * @param members of the cluster
   */
  public List<Verb> verbs(List<String> members) {
    return FaultVerbs.of(
        board, FaultKind.values(), arguments -> FaultOrder.of(arguments, members), board::add);
  }

  /** The fault that befalls a request which the node itself got, or null. */
  public @Nullable ActiveFault of(String node, String path) {
    Active<Fault> active = board.of(node, path, fault -> !(fault instanceof Fault.Peer));
    return active == null ? null : new ActiveFault(active);
  }

  /**
   * Takes a request from one node to another, or throws what the first answers instead. Blocks
   * while the other does not answer.
   *
   * @param patience how long the first waits
   */
  public void forward(String target, String path, Duration patience) throws ApiException {
    Active<Fault> active = board.of(target, path, fault -> true);
    if (active != null) {
      new ActiveFault(active).meetThroughPeer(patience);
    }
  }
}
