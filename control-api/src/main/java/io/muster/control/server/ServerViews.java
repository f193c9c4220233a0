package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.link.Agents;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as they are answered, with what is known of them now. */
@Singleton
final class ServerViews {
  /** A rate is told in percent with one digit behind the point. */
  private static final double PER_MILLE = 1000;

  private final Sites sites;
  private final StatusRepository statuses;
  private final MaintenanceRepository maintenance;
  private final Agents agents;
  private final TransactionOperations<Connection> transactions;

  ServerViews(
      Sites sites,
      StatusRepository statuses,
      MaintenanceRepository maintenance,
      Agents agents,
      TransactionOperations<Connection> transactions) {
    this.sites = sites;
    this.statuses = statuses;
    this.maintenance = maintenance;
    this.agents = agents;
    this.transactions = transactions;
  }

  ServerView one(Caller caller, ServerRow row) {
    return transactions.executeRead(
        status -> of(caller, List.of(row), sites.of(caller.tenant())).getFirst());
  }

  /** Of servers that the caller sees, in their order. */
  List<ServerView> of(Caller caller, List<ServerRow> rows, List<Site> sites) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Sight sight = new Sight(caller.scope(), rows.stream().map(ServerCodec::known).toList());
    List<UUID> ids = rows.stream().map(ServerRow::id).toList();
    Map<UUID, String> names = new HashMap<>();
    sites.forEach(site -> names.put(site.id(), site.name()));
    Map<UUID, StatusRow> known = new HashMap<>();
    statuses.findByServerIdIn(ids).forEach(status -> known.put(status.serverId(), status));
    Map<UUID, List<MaintenanceView>> quiet =
        maintenance.ofServers(ids, Instant.now()).stream()
            .collect(
                Collectors.groupingBy(
                    MaintenanceRow::serverId,
                    Collectors.mapping(MaintenanceView::of, Collectors.toList())));
    List<ServerView> views = new ArrayList<>();
    for (ServerRow row : rows) {
      ServerView view =
          view(
              row,
              names.getOrDefault(row.siteId(), ""),
              known.get(row.id()),
              quiet.getOrDefault(row.id(), List.of()));
      views.add(sight.seesWhole(row.id()) ? view : view.nameAndStatus());
    }
    return views;
  }

  private ServerView view(
      ServerRow row, String site, @Nullable StatusRow status, List<MaintenanceView> maintenances) {
    ObjectNode settings = ServerCodec.settings(row);
    ConnectionStatus connection =
        ConnectionStatus.of(
            row.enabled(),
            agents.connected(row.siteId()),
            status == null ? null : status.connectionStatus());
    return new ServerView(
        row.id(),
        row.name(),
        site,
        row.provider(),
        row.enabled(),
        row.intervalSeconds(),
        row.route(),
        ServerCodec.tags(row),
        Amendment.secretsOf(row.provider(), settings),
        maintenances,
        connection,
        status == null ? null : status.lastHealthCheckAt(),
        status == null ? null : status.error(),
        status == null ? null : status.lastConnectedAt(),
        status == null ? null : status.learnedTimeoutMs(),
        status == null ? null : status.responseTimeMs(),
        status == null ? null : percent(status.successRate()),
        status == null ? null : status.nodeCount(),
        status == null ? null : status.version(),
        row.createdAt(),
        row.updatedAt(),
        true,
        ServerCodec.members(settings));
  }

  private static @Nullable Double percent(@Nullable Double ratio) {
    return ratio == null ? null : Math.round(ratio * PER_MILLE) / (PER_MILLE / 100);
  }
}
