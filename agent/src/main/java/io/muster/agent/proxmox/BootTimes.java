package io.muster.agent.proxmox;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When nodes and VMs began to run, reckoned while their node's clock is right. The export goes on
 * offering what was stamped by a clock that was wrong; its uptime, which no clock changes, tells.
 * Used by the poll's thread alone.
 */
final class BootTimes {
  private static final long TOLERATED_SECONDS = NodeClocks.TOLERATED.toSeconds();

  /** A time and an uptime are cut to a second each. */
  private static final long ROUNDING = 2;

  private final Map<String, Run> runs = new HashMap<>();

  private record Run(long begun, long seen) {}

  /** Start of a poll. */
  void begin(Set<String> nodes, Set<String> guests) {
    runs.keySet().removeIf(id -> !guests.contains(id) && !nodes.contains(nodeName(id)));
  }

  private static String nodeName(String id) {
    return id.startsWith("node/") ? id.substring("node/".length()) : "";
  }

  /**
   * Learns from what was measured just now.
   *
   * @param latest newest second that a right clock can have stamped
   */
  void learn(Export export, long now, long latest) {
    export
        .samples()
        .forEach((id, series) -> {
          Map.Entry<Long, Measures> newest = series.floorEntry(latest);
          if (newest != null && now - newest.getKey() <= TOLERATED_SECONDS) {
            learn(id, newest.getKey(), newest.getValue());
          }
        });
  }

  private void learn(String id, long second, Measures measures) {
    Long uptime = uptime(id, measures);
    if (uptime == null) {
      return;
    }
    long begun = second - uptime;
    Run known = runs.get(id);
    boolean restarted = known != null && begun >= known.seen - TOLERATED_SECONDS;
    if (known == null || restarted || near(begun, known.begun)) {
      runs.put(id, new Run(begun, second));
    }
  }

  /** One node's samples without those that were stamped by a wrong clock. */
  Export believable(String node, Export export) {
    NavigableMap<Long, Measures> ofNode = export.samples().get("node/" + node);
    Export believable = export.empty();
    export
        .samples()
        .forEach((id, series) ->
            series.forEach((second, measures) -> {
              if (isBelievable(id, second, measures, node, ofNode)) {
                believable.put(id, second, measures);
              }
            }));
    return believable;
  }

  private boolean isBelievable(
      String id,
      long second,
      Measures measures,
      String node,
      @Nullable NavigableMap<Long, Measures> ofNode) {
    Boolean own = agrees(id, second, measures);
    if (own != null || ofNode == null) {
      return own == null || own;
    }
    // A node measures itself first, then its guests.
    Map.Entry<Long, Measures> round = ofNode.floorEntry(second);
    if (round == null) {
      round = ofNode.firstEntry();
    }
    Boolean whole = agrees("node/" + node, round.getKey(), round.getValue());
    return whole == null || whole;
  }

  /** Null when nothing is known of the run that the sample belongs to. */
  private @Nullable Boolean agrees(String id, long second, Measures measures) {
    Run run = runs.get(id);
    Long uptime = uptime(id, measures);
    if (run == null || uptime == null || second < run.begun + ROUNDING) {
      return null;
    }
    return near(second - uptime, run.begun);
  }

  /** A container's is reckoned from the node's clock (PVE::LXC), and so says nothing about it. */
  private static @Nullable Long uptime(String id, Measures measures) {
    return id.startsWith("lxc/") ? null : measures.positive(Metric.UPTIME);
  }

  private static boolean near(long one, long other) {
    return Math.abs(one - other) <= TOLERATED_SECONDS;
  }
}
