package io.muster.control.site;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/** The tenants, for other parts of the program. */
@Singleton
public final class Tenants {
  /** A small installation's first tenant needs no other. */
  static final int DEFAULT_SERVER_LIMIT = 50;

  private static final String HOME_NAME = "default";

  private final TenantRepository tenants;

  Tenants(TenantRepository tenants) {
    this.tenants = tenants;
  }

  /** The tenant of a caller or a site. */
  public Tenant get(UUID id) {
    return tenants
        .findById(id)
        .orElseThrow(() -> new NoSuchElementException("There is no tenant " + id));
  }

  /** The tenant that looks after the installation; made at the first start. */
  public Tenant home() {
    return tenants.findByHomeTrue().orElseGet(() -> tenants.save(tenant(HOME_NAME, true)));
  }

  /** By its name. */
  public Optional<Tenant> named(String name) {
    return tenants.findByName(name);
  }

  private static Tenant tenant(String name, boolean home) {
    return new Tenant(
        UUID.randomUUID(),
        name,
        DEFAULT_SERVER_LIMIT,
        home,
        Instant.now().truncatedTo(ChronoUnit.MICROS));
  }
}
