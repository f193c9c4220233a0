package io.muster.control.server;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Scope;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import io.muster.control.link.Agents;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Chooses and counts servers in the database, so that a page costs what is on it. */
@Singleton
final class ServerLists {
  private final JdbcOperations jdbc;
  private final ServerViews views;
  private final Sites sites;
  private final Sights sights;
  private final Agents agents;
  private final TransactionOperations<Connection> transactions;

  ServerLists(
      JdbcOperations jdbc,
      ServerViews views,
      Sites sites,
      Sights sights,
      Agents agents,
      TransactionOperations<Connection> transactions) {
    this.jdbc = jdbc;
    this.views = views;
    this.sites = sites;
    this.sights = sights;
    this.agents = agents;
    this.transactions = transactions;
  }

  /** In the order of their names. */
  Page<ServerView> page(Caller caller, ServerFilter filter, PageQuery page) {
    return transactions.executeRead(status -> {
      List<Site> all = sites.of(caller.tenant());
      List<UUID> connected = all.stream().map(Site::id).filter(agents::connected).toList();
      ServerQuery query = query(caller).wanting(filter, connected, Instant.now());
      return Page.of(views.of(caller, query.page(page), all), page, query.count());
    });
  }

  /** How many the caller sees of each platform, by how they do. */
  Map<String, Map<ConnectionStatus, Long>> tally(Caller caller) {
    List<ServerGroup> groups = transactions.executeRead(status -> query(caller).groups());
    Map<String, Map<ConnectionStatus, Long>> tally = new TreeMap<>();
    for (ServerGroup group : groups) {
      tally
          .computeIfAbsent(group.provider(), _ -> new EnumMap<>(ConnectionStatus.class))
          .merge(status(group), group.servers(), Long::sum);
    }
    return tally;
  }

  private ServerQuery query(Caller caller) {
    Scope scope = caller.scope();
    // Who sees the whole tenant needs no list of its servers.
    Sight sight = scope.isAll() ? new Sight(scope, List.of()) : sights.of(caller);
    return new ServerQuery(jdbc, caller.tenant(), sight);
  }

  private ConnectionStatus status(ServerGroup group) {
    return ConnectionStatus.of(
        group.enabled(), agents.connected(group.siteId()), group.connectionStatus());
  }
}
