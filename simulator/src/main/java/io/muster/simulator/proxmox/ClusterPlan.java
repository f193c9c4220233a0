package io.muster.simulator.proxmox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How totals are spread over clusters.
 *
 * @param addresses one loopback address a node, or empty for the standard ones
 * @param port the same on all addresses; 0 takes free ones
 * @param data folder of all
 */
public record ClusterPlan(
    int clusters, int nodes, int guests, List<String> addresses, int port, Path data) {
  /** Twice what is measured; beyond it addresses and start-up time would be the next limits. */
  private static final int MOST_NODES = 1_000;

  private static final int MOST_GUESTS = 10_000;

  /** What one of them gets. */
  public record Share(
      @Nullable Integer number,
      int nodes,
      int guests,
      List<String> addresses,
      int port,
      Path data) {
    public Share {
      addresses = List.copyOf(addresses);
    }

    /** Such as {@code muster-demo}; with its number where there are several. */
    public String clusterName() {
      return number == null ? "muster-demo" : "muster-demo-" + number;
    }

    /** So that no two clusters have the same guests with the same values. */
    public long seed() {
      return number == null ? 1 : number;
    }
  }

  public ClusterPlan {
    addresses = List.copyOf(addresses);
    require("--nodes", nodes, 1, MOST_NODES);
    require("--guests", guests, 0, MOST_GUESTS);
    require("--clusters", clusters, 1, nodes);
    require("--port", port, 0, 65_535);
    if (!addresses.isEmpty() && addresses.size() != nodes) {
      throw new IllegalArgumentException(
          "--addresses: %d nodes need as many, not %d".formatted(nodes, addresses.size()));
    }
  }

  private static void require(String option, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s is a whole number from %d to %d, not %d".formatted(option, lowest, highest, value));
    }
  }

  /** In their order; where the system lacks addresses, each cluster has a port of its own. */
  public List<Share> shares() {
    if (clusters == 1) {
      return List.of(new Share(null, nodes, guests, addresses, port, data));
    }
    List<String> bound = Loopback.addresses(addresses, nodes);
    boolean shared = bound.size() < nodes;
    List<Share> shares = new ArrayList<>();
    int firstNode = 0;
    for (int i = 0; i < clusters; i++) {
      int members = part(nodes, i);
      shares.add(
          new Share(
              i + 1,
              members,
              part(guests, i),
              shared ? List.of() : bound.subList(firstNode, firstNode + members),
              shared && port > 0 ? port + i : port,
              data.resolve("cluster-" + (i + 1))));
      firstNode += members;
    }
    return shares;
  }

  /** The first clusters get what does not divide. */
  private int part(int total, int index) {
    return total / clusters + (index < total % clusters ? 1 : 0);
  }
}
