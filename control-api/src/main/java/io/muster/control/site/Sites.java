package io.muster.control.site;

import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sites, for other parts of the program. */
@Singleton
public final class Sites {
  private static final String BY_NAME = "name:";

  private final SiteRepository sites;

  Sites(SiteRepository sites) {
    this.sites = sites;
  }

  /** A site of {@code tenant} by the name that people give. */
  public Optional<Site> named(UUID tenant, String name) {
    return sites.findByTenantIdAndName(tenant, name);
  }

  /** Every site of {@code tenant}, by name. */
  public List<Site> of(UUID tenant) {
    return sites.findByTenantIdOrderByName(tenant);
  }

  public Optional<Site> find(UUID id) {
    return sites.findById(id);
  }

  /**
   * A site of {@code tenant} as routes name it: its id, or {@code name:} and its name.
   *
   * @throws ProblemException 404 when the tenant has no such site
   */
  public Site require(UUID tenant, String idOrName) {
    return lookUp(tenant, idOrName).orElseThrow(() -> ProblemException.notFound("site", idOrName));
  }

  private Optional<Site> lookUp(UUID tenant, String idOrName) {
    if (idOrName.startsWith(BY_NAME)) {
      return named(tenant, idOrName.substring(BY_NAME.length()));
    }
    try {
      return sites.findByTenantIdAndId(tenant, UUID.fromString(idOrName));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
