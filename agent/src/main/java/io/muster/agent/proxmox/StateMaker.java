package io.muster.agent.proxmox;

import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What every node and guest is, judged by its node's row first. */
final class StateMaker {
  private StateMaker() {}

  /**
   * @param vmsKnown whether the token sees every guest: only then is their count a fact
   */
  static List<NodeState> nodes(
      Resources resources,
      SlowFacts facts,
      NodeMetrics metrics,
      NodeRoutes routes,
      boolean vmsKnown) {
    String cluster = facts.clusterName(resources);
    List<NodeState> states = new ArrayList<>();
    for (Resources.Node node : resources.nodes()) {
      NodeStatusFacts status = facts.nodeStatus.get(node.name());
      String address = routes.addresses().get(node.name());
      states.add(
          new NodeState(
              node.name(),
              cluster,
              StatusWords.node(node),
              Objects.requireNonNullElse(node.haState(), node.status()),
              metrics.skewed(node.name()) ? List.of("clock-skew") : List.of(),
              vmsKnown && node.online() ? running(resources, node.name()) : null,
              vmsKnown ? total(resources, node.name()) : null,
              status == null ? null : status.version(),
              status == null ? null : status.kernel(),
              status == null ? null : status.cpuModel(),
              address == null ? List.of() : List.of(address),
              List.of(),
              List.of()));
    }
    return states;
  }

  static List<VmState> guests(Resources resources, SlowFacts facts) {
    String cluster = facts.clusterName(resources);
    Map<String, Resources.Node> nodes = new HashMap<>();
    resources.nodes().forEach(node -> nodes.put(node.name(), node));
    return resources.guests().stream()
        .map(guest -> guest(guest, nodes.get(guest.node()), cluster, facts))
        .toList();
  }

  /** For minutes Proxmox repeats the last words of a dead node's guests: don't believe them. */
  private static VmState guest(
      Resources.Guest guest,
      Resources.@Nullable Node node,
      @Nullable String cluster,
      SlowFacts facts) {
    boolean judged = node != null && node.online();
    String nodeWord = node == null ? "node unknown" : "node " + node.status();
    return new VmState(
        guest.vmId(),
        cluster,
        guest.node(),
        guest.name(),
        guest.pool(),
        guest.type(),
        judged ? StatusWords.guest(guest.status()) : VmStatus.UNKNOWN,
        judged ? guest.status() : nodeWord,
        judged ? guest.lock() : null,
        guest.tags(),
        guest.template(),
        null,
        null,
        null,
        facts.lastBackup(guest));
  }

  private static int running(Resources resources, String node) {
    return (int)
        resources.guests().stream()
            .filter(guest -> guest.node().equals(node))
            .filter(guest -> StatusWords.guest(guest.status()) == VmStatus.RUNNING)
            .count();
  }

  private static int total(Resources resources, String node) {
    return (int) resources.guests().stream().filter(guest -> guest.node().equals(node)).count();
  }
}
