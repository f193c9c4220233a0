package io.muster.control.site;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, as it is shown.
 *
 * @param serverLimit how many servers its inventory may have
 * @param home whether its admins look after the installation
 * @param adminPassword one-time, of its first admin; given once, when the tenant was made
 */
@Serdeable
record TenantView(
    UUID id,
    @Schema(example = "customer-a") String name,
    @Schema(example = "50") int serverLimit,
    @Schema(example = "false") boolean home,
    Instant createdAt,
    @Schema(example = "kR3vwQ8mZc5pXt2nYh7b") @Nullable String adminPassword) {
  static TenantView of(Tenant tenant, @Nullable String adminPassword) {
    return new TenantView(
        tenant.id(),
        tenant.name(),
        tenant.serverLimit(),
        tenant.home(),
        tenant.createdAt(),
        adminPassword);
  }

  @Override
  public String toString() {
    return "TenantView[" + name + "]";
  }
}
