package io.muster.cli.local;

import java.util.Set;

/**
 * What the demo shows.
 *
 * @param nodes of each cluster
 * @param guests VMs and containers together
 * @param pods 0 = no Kubernetes
 * @param pveVersion {@code 8.4} or {@code 9.2}
 */
public record DemoOptions(LocalOptions local, int nodes, int guests, int pods, String pveVersion) {
  private static final Set<String> VERSIONS = Set.of("8.4", "9.2");

  public DemoOptions {
    if (nodes < 1 || guests < 0 || pods < 0) {
      throw new StartException(
          "A cluster has at least one node, and no fewer than 0 guests or pods.");
    }
    if (!VERSIONS.contains(pveVersion)) {
      throw new StartException(
          "--pve-version is \"%s\": 8.4 and 9.2 can be simulated.".formatted(pveVersion));
    }
  }
}
