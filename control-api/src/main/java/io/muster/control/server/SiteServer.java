package io.muster.control.server;

import io.muster.protocol.Maintenance;
import io.muster.protocol.Server;
import java.util.List;
import java.util.Objects;

/**
 * A server as its site's agent has to know it.
 *
 * @param server with secrets in clear, enabled or not
 * @param maintenance what has not ended
 */
public record SiteServer(Server server, List<Maintenance> maintenance) {
  public SiteServer {
    Objects.requireNonNull(server, "server");
    maintenance = List.copyOf(maintenance);
  }
}
