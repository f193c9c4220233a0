package io.muster.control.link;

import io.muster.control.server.SiteInventory;
import io.muster.control.server.SiteServer;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.InventoryItem;
import io.muster.protocol.link.LinkProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What one agent was told of its site's inventory, without what is in it: so that it is told only
 * what changed. Not thread-safe.
 */
final class InventoryPush {
  private final SiteInventory inventory;
  private final UUID site;

  /** By server what its newest telling looked like. */
  private Map<ServerId, String> told = new HashMap<>();

  private long revision;
  private boolean whole;

  InventoryPush(SiteInventory inventory, UUID site) {
    this.inventory = inventory;
    this.site = site;
  }

  /** The agent has lost its place: next time it is told everything. */
  void forget() {
    whole = false;
  }

  /** What to tell now, in this order. Blocks on the database. */
  List<ControlMessage> next() {
    // Before it is read: what is committed meanwhile is told twice and not never.
    long now = inventory.revision();
    Map<ServerId, InventoryItem> items = new HashMap<>();
    List<InventoryItem> inOrder = new ArrayList<>();
    Map<ServerId, String> looks = new HashMap<>();
    for (SiteServer server : inventory.of(site)) {
      InventoryItem item = InventoryItem.of(server.server(), server.maintenance());
      ServerId id = server.server().entry().id();
      items.put(id, item);
      inOrder.add(item);
      looks.put(id, item.server().digest() + item.maintenance());
    }
    if (whole && looks.equals(told)) {
      return List.of();
    }
    List<ControlMessage> messages = whole ? changes(now, items, looks) : parts(now, inOrder);
    told = looks;
    revision = now;
    whole = true;
    return messages;
  }

  private List<ControlMessage> changes(
      long now, Map<ServerId, InventoryItem> items, Map<ServerId, String> looks) {
    List<InventoryItem> changed = new ArrayList<>();
    items.forEach((id, item) -> {
      if (!String.valueOf(looks.get(id)).equals(told.get(id))) {
        changed.add(item);
      }
    });
    Set<ServerId> removed = new HashSet<>(told.keySet());
    removed.removeAll(items.keySet());
    if (size(changed) > LinkProtocol.PART_CHARS) {
      return parts(now, List.copyOf(items.values()));
    }
    return List.of(
        new ControlMessage.InventoryChange(revision, now, changed, List.copyOf(removed)));
  }

  private static int size(List<InventoryItem> items) {
    return items.stream().mapToInt(item -> item.server().size()).sum();
  }

  /** The whole inventory; each part has at least one server. */
  private static List<ControlMessage> parts(long now, List<InventoryItem> items) {
    List<List<InventoryItem>> parts = new ArrayList<>();
    List<InventoryItem> part = new ArrayList<>();
    int size = 0;
    for (InventoryItem item : items) {
      int own = item.server().size();
      if (!part.isEmpty() && size + own > LinkProtocol.PART_CHARS) {
        parts.add(part);
        part = new ArrayList<>();
        size = 0;
      }
      part.add(item);
      size += own;
    }
    parts.add(part);
    List<ControlMessage> messages = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      messages.add(new ControlMessage.Inventory(now, i + 1, parts.size(), parts.get(i)));
    }
    return messages;
  }
}
