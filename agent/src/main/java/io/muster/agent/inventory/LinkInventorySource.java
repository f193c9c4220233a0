package io.muster.agent.inventory;

import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.InventoryItem;
import io.muster.protocol.link.KeptInventory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers as the control API tells them, and from what it told last until it answers. A server that
 * can't be read stays what it was and is told.
 */
public final class LinkInventorySource implements InventorySource {
  private static final Logger LOG = LoggerFactory.getLogger(LinkInventorySource.class);

  private final KeptInventoryFile file;
  private final List<Consumer<Inventory>> listeners = new ArrayList<>();

  /** In the control API's order. Guarded by this, like all below. */
  private Map<ServerId, Known> known = new LinkedHashMap<>();

  private List<String> denyAddresses = List.of();

  /** By the id, or name, of the server that each is about. */
  private Map<String, String> problems = new LinkedHashMap<>();

  private long revision;
  private @Nullable Inventory current;

  /** A server and what it was read from. */
  private record Known(InventoryItem item, Server server) {}

  private LinkInventorySource(KeptInventoryFile file) {
    this.file = file;
  }

  /** Reads what was kept; {@link #current} is null when there is nothing. */
  public static LinkInventorySource open(Path dataFolder, String site, Secret token) {
    KeptInventoryFile file = new KeptInventoryFile(dataFolder, site, token);
    LinkInventorySource source = new LinkInventorySource(file);
    KeptInventory kept = file.read();
    if (kept != null) {
      source.restore(kept);
    }
    return source;
  }

  private synchronized void restore(KeptInventory kept) {
    denyAddresses = kept.denyAddresses();
    take(kept.revision(), kept.servers(), new LinkedHashMap<>());
    LOG.info("{} servers from what the control API told last", known.size());
  }

  @Override
  public synchronized @Nullable Inventory current() {
    return current;
  }

  @Override
  public synchronized void onChange(Consumer<Inventory> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized List<String> problems() {
    return List.copyOf(problems.values());
  }

  /** What the control API denied last, on top of the agent's own. */
  public synchronized List<String> denyAddresses() {
    return denyAddresses;
  }

  /** Of the inventory in force; 0 = none yet. */
  public synchronized long revision() {
    return revision;
  }

  public synchronized void deny(List<String> addresses) {
    denyAddresses = List.copyOf(addresses);
  }

  /** The whole inventory of the site. */
  public synchronized void replace(long next, List<InventoryItem> servers) {
    Map<String, String> told = problems;
    problems = new LinkedHashMap<>();
    take(next, servers, new LinkedHashMap<>());
    tell(told);
    spread();
  }

  /** Returns false when the change does not follow on the inventory in force: nothing was done. */
  public synchronized boolean change(
      long from, long next, List<InventoryItem> changed, List<ServerId> removed) {
    if (from != revision) {
      return false;
    }
    Map<ServerId, Known> start = new LinkedHashMap<>(known);
    Map<String, String> told = new LinkedHashMap<>(problems);
    removed.forEach(id -> {
      start.remove(id);
      problems.remove(id.toString());
    });
    take(next, changed, start);
    tell(told);
    spread();
    return true;
  }

  private void take(long next, List<InventoryItem> items, Map<ServerId, Known> into) {
    for (InventoryItem item : items) {
      take(item, into);
    }
    known = into;
    revision = next;
    Map<ServerId, Maintained> maintenance = new HashMap<>();
    known.forEach((id, one) -> {
      if (!one.item().maintenance().isEmpty()) {
        maintenance.put(id, new Maintained(one.item().maintenance()));
      }
    });
    current = new Inventory(known.values().stream().map(Known::server).toList(), maintenance);
  }

  private void take(InventoryItem item, Map<ServerId, Known> into) {
    ServerId id = item.server().id();
    String key = id == null ? item.server().name() : id.toString();
    try {
      Server server = item.server().read();
      into.put(server.entry().id(), new Known(item, server));
      problems.remove(key);
    } catch (IllegalArgumentException e) {
      Known before = id == null ? null : known.get(id);
      if (before != null) {
        into.put(before.server().entry().id(), before);
      }
      problems.put(
          key,
          "%s from the control API: %s%s"
              .formatted(
                  item.server().name(),
                  e.getMessage(),
                  before == null ? "; it is not polled" : "; it stays as it was"));
    }
  }

  private void tell(Map<String, String> told) {
    problems.forEach((key, problem) -> {
      if (!problem.equals(told.get(key))) {
        LOG.warn("A server is not taken up: {}", problem);
      }
    });
  }

  private void spread() {
    Inventory next = current;
    if (next == null) {
      return;
    }
    LOG.info("Inventory of {} servers from the control API", next.servers().size());
    for (Consumer<Inventory> listener : listeners) {
      try {
        listener.accept(next);
      } catch (RuntimeException e) {
        LOG.error("A part of the agent did not take up the changed inventory", e);
      }
    }
    file.write(
        new KeptInventory(
            revision, known.values().stream().map(Known::item).toList(), denyAddresses));
  }

  @Override
  public void close() {}
}
