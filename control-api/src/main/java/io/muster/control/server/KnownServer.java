package io.muster.control.server;

import java.util.Objects;
import java.util.UUID;

/** Whose a server is, and its name. */
public record KnownServer(UUID id, UUID tenant, UUID site, String name) {
  public KnownServer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(name, "name");
  }

  static KnownServer of(ServerRow row) {
    return new KnownServer(row.id(), row.tenantId(), row.siteId(), row.name());
  }
}
