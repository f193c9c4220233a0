package io.muster.agent.inventory;

import io.muster.protocol.Server;
import java.util.List;

/** The servers that this agent polls; ids and names are unique in it. */
public record Inventory(List<Server> servers) {
  public Inventory {
    servers = List.copyOf(servers);
  }
}
