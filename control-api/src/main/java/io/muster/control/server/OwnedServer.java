package io.muster.control.server;

import java.util.Objects;
import java.util.UUID;

/** Whose a server is, and its name. */
public record OwnedServer(UUID id, UUID tenant, UUID site, String name) {
  public OwnedServer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(name, "name");
  }

  static OwnedServer of(ServerRow row) {
    return new OwnedServer(row.id(), row.tenantId(), row.siteId(), row.name());
  }
}
