package io.muster.control.server;

import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import io.muster.control.caller.TenantServer;
import jakarta.inject.Singleton;
import java.sql.Connection;

/** From the inventory as it stands. */
@Singleton
final class StoredSights implements Sights {
  private final ServerRepository servers;
  private final TransactionOperations<Connection> transactions;

  StoredSights(ServerRepository servers, TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.transactions = transactions;
  }

  @Override
  public Sight of(Caller caller) {
    return transactions.executeRead(status ->
        new Sight(
            caller.scope(),
            servers.briefly(caller.tenant()).stream()
                .map(row ->
                    new TenantServer(
                        row.id(), row.name(), row.siteId(), ServerCodec.tags(row.tags())))
                .toList()));
  }
}
