package io.muster.control.server;

import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Scope;
import io.muster.control.link.Agents;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Chooses and counts servers in the database, so that a page costs what is on it. */
@Singleton
final class ServerLists {
  /** In place of an empty list, which SQL does not have. */
  private static final Set<UUID> NO_ID = Set.of(new UUID(0, 0));

  /** No tag is empty. */
  private static final Set<String> NO_TAG = Set.of("");

  private final ServerListRepository servers;
  private final ServerViews views;
  private final Sites sites;
  private final Agents agents;
  private final TransactionOperations<Connection> transactions;

  ServerLists(
      ServerListRepository servers,
      ServerViews views,
      Sites sites,
      Agents agents,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.views = views;
    this.sites = sites;
    this.agents = agents;
    this.transactions = transactions;
  }

  /** In the order of their names. */
  Page<ServerView> page(Caller caller, ServerFilter filter, PageQuery query) {
    return transactions.executeRead(status -> {
      UUID tenant = caller.tenant();
      Scope scope = caller.scope();
      Collection<UUID> ids = scope.servers().isEmpty() ? NO_ID : scope.servers();
      Collection<String> tags = scope.tags().isEmpty() ? NO_TAG : scope.tags();
      List<Site> all = sites.of(tenant);
      Collection<UUID> connected = connected(all);
      Instant now = Instant.now();
      long total =
          servers.count(
              tenant,
              scope.isAll(),
              ids,
              tags,
              filter.site(),
              filter.provider(),
              filter.tag(),
              filter.pattern(),
              filter.status(),
              connected,
              now);
      List<ServerRow> rows =
          query.offset() >= total
              ? List.of()
              : servers.find(
                  tenant,
                  scope.isAll(),
                  ids,
                  tags,
                  filter.site(),
                  filter.provider(),
                  filter.tag(),
                  filter.pattern(),
                  filter.status(),
                  connected,
                  now,
                  query.size(),
                  query.offset());
      return Page.of(views.of(rows, all), query, total);
    });
  }

  /** How many the caller sees of each platform, by how they do. */
  Map<String, Map<ConnectionStatus, Long>> tally(Caller caller) {
    Scope scope = caller.scope();
    List<ServerGroup> groups =
        servers.groups(
            caller.tenant(),
            scope.isAll(),
            scope.servers().isEmpty() ? NO_ID : scope.servers(),
            scope.tags().isEmpty() ? NO_TAG : scope.tags());
    Map<String, Map<ConnectionStatus, Long>> tally = new TreeMap<>();
    for (ServerGroup group : groups) {
      tally
          .computeIfAbsent(group.provider(), _ -> new EnumMap<>(ConnectionStatus.class))
          .merge(status(group), group.servers(), Long::sum);
    }
    return tally;
  }

  private ConnectionStatus status(ServerGroup group) {
    return ConnectionStatus.of(
        group.enabled(), agents.connected(group.siteId()), group.connectionStatus());
  }

  private Collection<UUID> connected(List<Site> all) {
    List<UUID> connected = all.stream().map(Site::id).filter(agents::connected).toList();
    return connected.isEmpty() ? NO_ID : connected;
  }
}
