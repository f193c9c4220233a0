package io.muster.control.history;

import io.muster.control.caller.TenantServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is asked of the past, of what the caller sees.
 *
 * @param vms on each server, those that are asked for
 */
record MetricQuery(
    List<TenantServer> servers,
    Names names,
    Map<UUID, List<String>> vms,
    Map<MetricTable, Set<Metric>> chosen,
    Period period) {
  MetricQuery {
    servers = List.copyOf(servers);
    vms = Map.copyOf(vms);
    chosen = new LinkedHashMap<>(chosen);
  }

  List<UUID> serverIds() {
    return servers.stream().map(TenantServer::id).toList();
  }

  /** Whether hours have any of it. */
  boolean hasHours() {
    return chosen.values().stream().flatMap(Set::stream).anyMatch(Metric::hasHours);
  }
}
