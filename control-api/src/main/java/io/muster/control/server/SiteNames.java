package io.muster.control.server;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SiteNames extends GenericRepository<ServerRow, UUID> {
  @Query(
      value = "SELECT id, name FROM sites WHERE tenant_id = :tenantId ORDER BY name",
      nativeQuery = true)
  List<SiteName> ofTenant(UUID tenantId);

  @Query(value = "SELECT id, name FROM sites WHERE id = :id", nativeQuery = true)
  Optional<SiteName> byId(UUID id);
}
