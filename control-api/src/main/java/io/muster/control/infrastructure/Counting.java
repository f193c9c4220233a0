package io.muster.control.infrastructure;

import io.muster.control.link.Agents;
import io.muster.control.rows.HistoryUnavailableException;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.ConnectionStatus;
import io.muster.control.server.KnownServer;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts servers, agents, nodes and VMs by how they are. */
@Singleton
final class Counting {
  private static final String TOTAL = "total";

  private record Count(String status, long number) {
    static final RowReader<Count> READER =
        row -> new Count(row.name("status"), row.counted("number"));
  }

  private final Rows rows;
  private final Agents agents;

  Counting(Rows rows, Agents agents) {
    this.rows = rows;
    this.agents = agents;
  }

  StatusView of(Fleet fleet) {
    @Nullable Map<String, Long> nodes = null;
    @Nullable Map<String, Long> vms = null;
    @Nullable String error = null;
    try {
      nodes =
          counts(
              Sql.of("SELECT n.status, count() AS number FROM node_now n WHERE ")
                  .then(fleet.sight().wholeServers("n"))
                  .then(" ORDER BY n.status"));
      vms =
          counts(
              Sql.of("SELECT v.status, count() AS number FROM vm_now v WHERE ")
                  .then(fleet.sight().vms("v"))
                  .then(" ORDER BY v.status"));
    } catch (HistoryUnavailableException e) {
      // What the inventory knows is an answer too.
      error = e.getMessage();
    }
    return new StatusView(servers(fleet.seen()), agents(fleet.seen()), nodes, vms, error);
  }

  private Map<String, Long> counts(Sql sql) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(TOTAL, 0L);
    for (Count count : rows.read(sql, Count.READER)) {
      counts.merge(TOTAL, count.number(), Long::sum);
      counts.merge(count.status(), count.number(), Long::sum);
    }
    return counts;
  }

  private static Map<String, Long> servers(List<KnownServer> seen) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(TOTAL, (long) seen.size());
    for (ConnectionStatus status : ConnectionStatus.values()) {
      counts.put(
          status.label(),
          seen.stream().filter(server -> server.connectionStatus() == status).count());
    }
    return counts;
  }

  private Map<String, Long> agents(List<KnownServer> seen) {
    List<UUID> sites = seen.stream().map(KnownServer::siteId).distinct().toList();
    long connected = sites.stream().filter(agents::connected).count();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(TOTAL, (long) sites.size());
    counts.put("connected", connected);
    counts.put("lost", sites.size() - connected);
    return counts;
  }
}
