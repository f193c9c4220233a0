package io.muster.simulator.proxmox.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.faults.Order;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants to go wrong. */
public final class FaultOrder {
  private FaultOrder() {}

  /**
   * Reads {@code kind,key=value,key=value}.
   *
   * @param members of the cluster
   */
  public static Order<Fault> parse(String text, List<String> members) {
    return of(Order.arguments(text), members);
  }

  /**
   * Takes {@code kind} and the keys of that kind.
   *
   * @param members of the cluster
   */
  public static Order<Fault> of(Arguments arguments, List<String> members) {
    return Order.of(
        arguments, FaultKind.values(), nodes(arguments.text("node"), members), "^/nodes/pve1/");
  }

  private static Set<String> nodes(@Nullable String node, List<String> members) {
    if (node == null) {
      return Set.copyOf(members);
    }
    if (!members.contains(node)) {
      throw new IllegalArgumentException(
          "No node '" + node + "': there are " + String.join(", ", members));
    }
    return Set.of(node);
  }
}
