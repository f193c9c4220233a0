package io.muster.agent.inventory;

import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.util.List;
import java.util.Map;

/**
 * The servers that this agent polls; ids and names are unique in it.
 *
 * @param maintenance of those that have one
 */
public record Inventory(List<Server> servers, Map<ServerId, Maintained> maintenance) {
  public Inventory {
    servers = List.copyOf(servers);
    maintenance = Map.copyOf(maintenance);
  }

  public Maintained maintenanceOf(ServerId server) {
    return maintenance.getOrDefault(server, Maintained.NEVER);
  }

  /** Of a source that knows no maintenance. */
  public Inventory(List<Server> servers) {
    this(servers, Map.of());
  }
}
