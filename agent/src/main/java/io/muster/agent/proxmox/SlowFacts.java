package io.muster.agent.proxmox;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rota has learned so far. Used by the poll's thread alone; null = not known (yet). */
final class SlowFacts {
  @Nullable Release release;
  @Nullable ClusterStatus cluster;
  @Nullable HaStatus ha;

  /** Tick of the newest quorum or HA facts. */
  @Nullable Instant clusterFactsReadAt;

  @Nullable String cephHealth;
  boolean cephAbsent;
  @Nullable Privileges privileges;

  /** Something is missing since they were read, perhaps because the token may see less now. */
  boolean privilegesOutdated;

  @Nullable TokenExpiry tokenExpiry;
  final Map<String, NodeStatusFacts> nodeStatus = new HashMap<>();
  final Map<String, Instant> nodeStatusReadAt = new HashMap<>();
  final Map<String, Set<String>> ballooned = new HashMap<>();
  final Map<String, Map<String, Instant>> backups = new HashMap<>();

  /** What the cluster calls itself; a node that stands alone goes by its own name. */
  @Nullable String clusterName(Resources resources) {
    if (cluster == null) {
      return null;
    }
    return cluster.name() != null ? cluster.name() : resources.nodes().getFirst().name();
  }

  boolean balloonReports(Resources.Guest guest) {
    String vmid = guest.id().substring(guest.id().indexOf('/') + 1);
    return ballooned.getOrDefault(guest.node(), Set.of()).contains(vmid);
  }

  @Nullable Instant lastBackup(Resources.Guest guest) {
    String vmid = guest.id().substring(guest.id().indexOf('/') + 1);
    Instant last = null;
    for (Map<String, Instant> storage : backups.values()) {
      Instant here = storage.get(vmid);
      if (here != null && (last == null || here.isAfter(last))) {
        last = here;
      }
    }
    return last;
  }

  void forgetNodesOtherThan(Set<String> nodes) {
    nodeStatus.keySet().retainAll(nodes);
    nodeStatusReadAt.keySet().retainAll(nodes);
    ballooned.keySet().retainAll(nodes);
  }

  void forgetStoragesOtherThan(Set<String> keys) {
    backups.keySet().retainAll(new HashSet<>(keys));
  }
}
