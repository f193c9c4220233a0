package io.muster.control.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** What accounts ask of tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Tenancy extends GenericRepository<ApiToken, UUID> {
  @Query("SELECT home FROM tenants WHERE id = :tenant")
  boolean isHome(UUID tenant);

  /** Nobody else changes the tenant's admins until the commit. */
  @Query("SELECT id FROM tenants WHERE id = :tenant FOR UPDATE")
  UUID lock(UUID tenant);

  @Query("SELECT name FROM tenants WHERE id = :tenant")
  Optional<String> name(UUID tenant);
}
