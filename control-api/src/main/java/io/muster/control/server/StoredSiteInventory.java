package io.muster.control.server;

import io.micronaut.transaction.TransactionOperations;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import io.muster.protocol.Maintenance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

@Singleton
final class StoredSiteInventory implements SiteInventory {
  private final ServerRepository servers;
  private final Sites sites;
  private final MaintenanceRepository maintenance;
  private final ServerCodec codec;
  private final Revisions revisions;
  private final TransactionOperations<Connection> transactions;

  StoredSiteInventory(
      ServerRepository servers,
      Sites sites,
      MaintenanceRepository maintenance,
      ServerCodec codec,
      Revisions revisions,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.sites = sites;
    this.maintenance = maintenance;
    this.codec = codec;
    this.revisions = revisions;
    this.transactions = transactions;
  }

  @Override
  public List<SiteServer> of(UUID site) {
    return transactions.executeRead(status -> {
      String name = sites.find(site).map(Site::name).orElse("");
      Map<UUID, List<Maintenance>> ofServers =
          maintenance.ofSite(site, Instant.now()).stream()
              .collect(
                  Collectors.groupingBy(
                      MaintenanceRow::serverId,
                      Collectors.mapping(MaintenanceRow::maintenance, Collectors.toList())));
      return servers.findBySiteId(site).stream()
          .sorted(Comparator.comparing(ServerRow::name))
          .map(row ->
              new SiteServer(codec.server(row, name), ofServers.getOrDefault(row.id(), List.of())))
          .toList();
    });
  }

  @Override
  public long revision() {
    return revisions.current();
  }
}
