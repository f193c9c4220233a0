package io.muster.agent.proxmox;

import io.muster.agent.provider.Identity;
import io.muster.protocol.Fingerprint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster by its members: their names, certificates and addresses, offline ones included, as it
 * states them itself. Fingerprints alone would do, were there not certificates that one company
 * puts on all its machines.
 */
record ClusterIdentity(Map<String, Mark> nodes, Instant readAt) implements Identity {
  ClusterIdentity {
    nodes = Map.copyOf(nodes);
  }

  /**
   * @param ip null = not stated
   */
  record Mark(Fingerprint certificate, @Nullable String ip) {
    boolean matches(@Nullable Mark other) {
      return other != null
          && certificate.equals(other.certificate)
          && (ip == null || other.ip == null || ip.equals(other.ip));
    }
  }

  static ClusterIdentity of(
      Map<String, Fingerprint> certificates, Map<String, String> addresses, Instant readAt) {
    Map<String, Mark> nodes = new HashMap<>();
    certificates.forEach(
        (node, certificate) -> nodes.put(node, new Mark(certificate, addresses.get(node))));
    return new ClusterIdentity(nodes, readAt);
  }

  @Override
  public boolean isSameAs(Identity other) {
    return other instanceof ClusterIdentity cluster
        && cluster.nodes.keySet().equals(nodes.keySet())
        && nodes.keySet().stream().allMatch(node -> matchesAt(node, cluster));
  }

  @Override
  public boolean sharesWith(Identity other) {
    return other instanceof ClusterIdentity cluster
        && nodes.keySet().stream().anyMatch(node -> matchesAt(node, cluster));
  }

  private boolean matchesAt(String node, ClusterIdentity other) {
    Mark mine = nodes.get(node);
    return mine != null && mine.matches(other.nodes.get(node));
  }
}
