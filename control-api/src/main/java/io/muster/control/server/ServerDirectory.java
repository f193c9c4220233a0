package io.muster.control.server;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Each site's servers from memory, read anew after a change: agents tell hundreds at once. */
@Singleton
public final class ServerDirectory {
  private final ServerRepository servers;
  private final Revisions revisions;
  private final Map<UUID, Listing> listings = new ConcurrentHashMap<>();

  private record Listing(long revision, Map<UUID, OwnedServer> servers) {}

  ServerDirectory(ServerRepository servers, Revisions revisions) {
    this.servers = servers;
    this.revisions = revisions;
  }

  /** A server, if it is the site's; may block on the database. */
  public Optional<OwnedServer> find(UUID site, UUID server) {
    return Optional.ofNullable(listing(site).get(server));
  }

  /** Ids of all servers of a tenant, by their names; blocks on the database. */
  public Map<String, UUID> named(UUID tenant) {
    return servers.briefly(tenant).stream()
        .collect(Collectors.toUnmodifiableMap(BriefServer::name, BriefServer::id));
  }

  private Map<UUID, OwnedServer> listing(UUID site) {
    // Before the rows are read: what is committed meanwhile is read again, and not missed.
    long now = revisions.current();
    Listing known = listings.get(site);
    if (known == null || known.revision() != now) {
      known = new Listing(now, read(site));
      listings.put(site, known);
    }
    return known.servers();
  }

  private Map<UUID, OwnedServer> read(UUID site) {
    return servers.findBySiteId(site).stream()
        .map(OwnedServer::of)
        .collect(Collectors.toUnmodifiableMap(OwnedServer::id, Function.identity()));
  }
}
