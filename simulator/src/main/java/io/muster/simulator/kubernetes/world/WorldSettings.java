package io.muster.simulator.kubernetes.world;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What there is and how fast it moves.
 *
 * @param pods in all, those of deployments included
 * @param namespaces beside {@code kube-system}
 * @param troubles whether some pods crash, wait or were evicted from the start
 * @param pace what takes a second in life takes so many here
 * @param nodeGrace how long a silent node is believed to be well
 * @param churnPerMinute so many pods end and are followed by others
 */
public record WorldSettings(
    int nodes,
    int pods,
    int deployments,
    int namespaces,
    boolean troubles,
    long seed,
    double pace,
    Duration nodeGrace,
    int churnPerMinute,
    InstantSource clock) {
  private static final int MOST_NODES = 1000;
  private static final int MOST_PODS = 50_000;
  private static final int MOST_NAMESPACES = 500;
  private static final int MOST_CHURN = 60_000;

  public WorldSettings {
    require("nodes", nodes, 1, MOST_NODES);
    require("pods", pods, 0, MOST_PODS);
    require("deployments", deployments, pods == 0 ? 0 : 1, MOST_PODS);
    require("namespaces", namespaces, 1, MOST_NAMESPACES);
    require("churn", churnPerMinute, 0, MOST_CHURN);
  }

  private static void require(String name, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "'%s' is a whole number from %d to %d, not %d".formatted(name, lowest, highest, value));
    }
  }

  /** The same by another clock. */
  public WorldSettings withClock(InstantSource source) {
    return new WorldSettings(
        nodes,
        pods,
        deployments,
        namespaces,
        troubles,
        seed,
        pace,
        nodeGrace,
        churnPerMinute,
        source);
  }

  /** How long here what takes so long in life. */
  Duration paced(Duration life) {
    return Duration.ofNanos((long) (life.toNanos() * pace));
  }
}
