package io.muster.control.server;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.link.Agents;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's servers in one short read: reads of what is on them begin with it. */
@Singleton
public final class KnownServers {
  private static final String SQL =
      "SELECT v.id, v.name, v.provider, v.site_id, t.name, v.enabled, v.tags,"
          + " s.connection_status, s.error, s.last_connected_at, s.version"
          + " FROM servers v JOIN sites t ON t.id = v.site_id"
          + " LEFT JOIN server_status s ON s.server_id = v.id"
          + " WHERE v.tenant_id = ? ORDER BY LOWER(v.name), v.name";

  private final JdbcOperations jdbc;
  private final Agents agents;
  private final TransactionOperations<Connection> transactions;

  KnownServers(JdbcOperations jdbc, Agents agents, TransactionOperations<Connection> transactions) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.transactions = transactions;
  }

  /** All of a tenant, by name; who may see what of them is still to be asked. */
  public List<KnownServer> of(UUID tenant) {
    return transactions.executeRead(status ->
        jdbc.prepareStatement(
            SQL,
            statement -> {
              statement.setObject(1, tenant);
              List<KnownServer> servers = new ArrayList<>();
              ResultSet rows = statement.executeQuery();
              while (rows.next()) {
                servers.add(server(rows));
              }
              return servers;
            }));
  }

  private KnownServer server(ResultSet row) throws SQLException {
    UUID site = row.getObject(4, UUID.class);
    String siteName = row.getString(5);
    boolean enabled = row.getBoolean(6);
    ConnectionStatus status =
        ConnectionStatus.of(enabled, agents.connected(site), row.getString(8));
    OffsetDateTime connected = row.getObject(10, OffsetDateTime.class);
    return new KnownServer(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        site,
        siteName,
        enabled,
        ServerCodec.tags(row.getString(7)),
        status,
        error(status, enabled, siteName, row.getString(9)),
        connected == null ? null : connected.toInstant(),
        row.getString(11));
  }

  private static @Nullable String error(
      ConnectionStatus status, boolean enabled, String site, @Nullable String told) {
    return switch (status) {
      case ONLINE, CHECKING -> null;
      case OFFLINE -> told == null ? "The last attempt failed." : told;
      case UNKNOWN -> enabled ? "The agent of site '" + site + "' is not connected." : null;
    };
  }
}
