package io.muster.protocol.link;

import io.muster.protocol.Maintenance;
import io.muster.protocol.Server;
import java.util.List;
import java.util.Objects;

/** A server of a site's inventory. */
public record InventoryItem(ServerDocument server, List<Maintenance> maintenance) {
  public InventoryItem {
    Objects.requireNonNull(server, "server");
    // An older control API says nothing of it.
    maintenance = maintenance == null ? List.of() : List.copyOf(maintenance);
  }

  public static InventoryItem of(Server server, List<Maintenance> maintenance) {
    return new InventoryItem(ServerDocument.of(server), maintenance);
  }
}
