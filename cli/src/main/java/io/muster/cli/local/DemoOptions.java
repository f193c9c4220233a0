package io.muster.cli.local;

import java.util.Set;

/**
 * What the demo shows.
 *
 * @param nodes of each cluster of Proxmox VE and Kubernetes
 * @param guests VMs and containers together
 * @param pods 0 = no Kubernetes
 * @param hosts hypervisors of the OpenStack cloud
 * @param instances 0 = no OpenStack
 * @param pveVersion {@code 8.4} or {@code 9.2}
 */
public record DemoOptions(
    LocalOptions local,
    int nodes,
    int guests,
    int pods,
    int hosts,
    int instances,
    String pveVersion) {
  private static final Set<String> VERSIONS = Set.of("8.4", "9.2");

  public DemoOptions {
    if (nodes < 1 || hosts < 1 || guests < 0 || pods < 0 || instances < 0) {
      throw new StartException(
          "A cluster has at least one node, a cloud one host, and none fewer than 0 guests, pods or"
              + " instances.");
    }
    if (!VERSIONS.contains(pveVersion)) {
      throw new StartException(
          "--pve-version is \"%s\": 8.4 and 9.2 can be simulated.".formatted(pveVersion));
    }
  }
}
