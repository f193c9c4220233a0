package io.muster.protocol.link;

import java.util.List;

/**
 * The inventory that an agent was told last, for the time that the control API is away.
 *
 * @param denyAddresses that came with it
 */
public record KeptInventory(
    long revision, List<InventoryItem> servers, List<String> denyAddresses) {
  public KeptInventory {
    servers = List.copyOf(servers);
    denyAddresses = denyAddresses == null ? List.of() : List.copyOf(denyAddresses);
  }
}
