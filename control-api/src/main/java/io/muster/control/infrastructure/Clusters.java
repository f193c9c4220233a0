package io.muster.control.infrastructure;

import io.muster.control.caller.Sight.Extent;
import io.muster.control.infrastructure.ClusterFacts.NodeCount;
import io.muster.control.infrastructure.ClusterFacts.VmCount;
import io.muster.control.infrastructure.ClusterFacts.Whole;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.KnownServer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each server as the cluster that it is the way to, also those that fail. */
@Singleton
final class Clusters {
  private final ClusterFacts facts;

  Clusters(ClusterFacts facts) {
    this.facts = facts;
  }

  /** By the names of the servers; null = of every platform. */
  List<ClusterView> of(Fleet fleet, @Nullable String provider) {
    Map<UUID, NodeCount> nodes = facts.nodes(fleet);
    Map<UUID, VmCount> vms = facts.vms(fleet);
    Map<UUID, Whole> wholes = facts.wholes(fleet);
    List<ServerLabel> labels = fleet.labels();
    List<ClusterView> views = new ArrayList<>();
    for (ServerLabel label : labels) {
      KnownServer server = fleet.servers().get(label.id());
      if (server != null && (provider == null || server.provider().equals(provider))) {
        views.add(
            fleet.sight().of(server.id()) == Extent.WHOLE
                ? view(
                    server,
                    label,
                    nodes.get(server.id()),
                    vms.getOrDefault(server.id(), VmCount.NONE),
                    wholes.getOrDefault(server.id(), Whole.UNKNOWN))
                : nameAndStatus(server, label));
      }
    }
    return views;
  }

  /** A server whose nodes nobody knows now has no known VMs either, rather than none. */
  private static ClusterView view(
      KnownServer server, ServerLabel label, @Nullable NodeCount nodes, VmCount vms, Whole whole) {
    String cluster = nodes == null ? null : nodes.cluster();
    return new ClusterView(
        cluster == null ? server.name() : cluster,
        server.provider(),
        server.id(),
        server.name(),
        server.site(),
        server.connectionStatus(),
        label.error(),
        server.lastConnectedAt(),
        server.version(),
        nodes == null ? null : nodes.nodes(),
        nodes == null ? null : nodes.online(),
        nodes == null ? null : vms.vms(),
        nodes == null ? null : vms.running(),
        whole.quorate(),
        whole.haErrors(),
        whole.cephHealth(),
        whole.updatesPending());
  }

  private static ClusterView nameAndStatus(KnownServer server, ServerLabel label) {
    return new ClusterView(
        server.name(),
        server.provider(),
        server.id(),
        server.name(),
        server.site(),
        server.connectionStatus(),
        label.error(),
        server.lastConnectedAt(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * One that is seen whole, by the platform's name of it or the server's.
   *
   * @param reference the server's id or name, where a name is not enough; null = it is
   * @throws ProblemException 404; 409 when several have that name; 403 when single VMs are seen
   */
  ClusterView one(Fleet fleet, String name, @Nullable String reference) {
    UUID wanted = reference == null ? null : fleet.find(reference).id();
    List<ClusterView> found =
        of(fleet, null).stream()
            .filter(cluster -> cluster.name().equals(name) || cluster.serverName().equals(name))
            .filter(cluster -> wanted == null || cluster.serverId().equals(wanted))
            .toList();
    if (found.size() > 1) {
      String servers =
          found.stream().map(ClusterView::serverName).collect(Collectors.joining(", "));
      throw ProblemException.conflict(
          "ambiguous", "Cluster '" + name + "' is seen by way of " + servers + ": add ?server=.");
    }
    if (found.isEmpty()) {
      throw ProblemException.notFound("cluster", name);
    }
    ClusterView cluster = found.getFirst();
    fleet.sight().require(cluster.serverId().toString());
    return cluster;
  }

  List<StorageView> storages(ClusterView cluster) {
    return facts.storages(cluster.serverId());
  }
}
