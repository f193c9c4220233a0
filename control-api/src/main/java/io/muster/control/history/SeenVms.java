package io.muster.control.history;

import io.muster.control.caller.Sight;
import io.muster.control.caller.TenantServer;
import io.muster.control.problem.ProblemException;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which of the VMs that are asked for a caller sees, gone ones too. */
@Singleton
final class SeenVms {
  private static final RowReader<Vm> VM = row -> new Vm(row.id("server_id"), row.name("vm_id"));

  private final Rows rows;

  SeenVms(Rows rows) {
    this.rows = rows;
  }

  private record Vm(UUID server, String id) {}

  /**
   * By server.
   *
   * @throws ProblemException 404 when one is seen on none of the servers
   */
  Map<UUID, List<String>> of(Sight sight, List<TenantServer> servers, List<String> vmIds) {
    Set<Vm> seen = new HashSet<>();
    if (servers.stream().anyMatch(server -> !sight.seesWhole(server.id()))) {
      seen.addAll(byTheirState(sight, servers, vmIds));
    }
    Map<UUID, List<String>> byServer = new LinkedHashMap<>();
    for (TenantServer server : servers) {
      byServer.put(
          server.id(),
          vmIds.stream()
              .filter(id ->
                  sight.seesVm(server.id(), id, null, List.of())
                      || seen.contains(new Vm(server.id(), id)))
              .toList());
    }
    for (String id : vmIds) {
      if (byServer.values().stream().noneMatch(ids -> ids.contains(id))) {
        throw Sight.noVm(servers.getFirst().name(), id);
      }
    }
    return byServer;
  }

  /** The newest one says which group and tags a VM has. */
  private List<Vm> byTheirState(Sight sight, List<TenantServer> servers, List<String> vmIds) {
    Sql sql =
        Sql.of("SELECT s.server_id, s.vm_id FROM (SELECT * FROM vm_states WHERE server_id IN ")
            .then(Sql.list(servers.stream().map(TenantServer::id).toList()))
            .then(" AND vm_id IN ")
            .then(Sql.list(vmIds))
            .then(" LATEST ON ts PARTITION BY server_id, vm_id) s WHERE ")
            .then(sight.vms("s"));
    return rows.read(sql, VM);
  }
}
