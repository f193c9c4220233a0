package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.caller.Caller;
import io.muster.control.site.Sites;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The inventory as entries that can be imported again, without secrets. */
@Singleton
public final class InventoryExport {
  private final VisibleServers visible;
  private final Sites sites;

  InventoryExport(VisibleServers visible, Sites sites) {
    this.visible = visible;
    this.sites = sites;
  }

  /** In the order of their names. */
  public List<ObjectNode> entries(Caller caller) {
    Map<UUID, String> names = new HashMap<>();
    sites.of(caller.tenant()).forEach(site -> names.put(site.id(), site.name()));
    return visible.whole(caller).stream()
        .map(row -> ServerCodec.shown(row).put("site", names.getOrDefault(row.siteId(), "")))
        .toList();
  }
}
