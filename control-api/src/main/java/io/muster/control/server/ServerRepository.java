package io.muster.control.server;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ServerRepository extends GenericRepository<ServerRow, UUID> {
  List<ServerRow> findByTenantId(UUID tenantId);

  @Query(
      value = "SELECT id, name, site_id, tags FROM servers WHERE tenant_id = :tenantId",
      nativeQuery = true)
  List<BriefServer> briefly(UUID tenantId);

  List<ServerRow> findBySiteId(UUID siteId);

  Optional<ServerRow> findById(UUID id);

  Optional<ServerRow> findByTenantIdAndName(UUID tenantId, String name);

  ServerRow save(ServerRow row);

  ServerRow update(ServerRow row);

  void deleteById(UUID id);

  @Query(value = "INSERT INTO server_tags (server_id, tag) VALUES (:id, :tag)", nativeQuery = true)
  void tag(UUID id, String tag);

  @Query(value = "DELETE FROM server_tags WHERE server_id = :id", nativeQuery = true)
  void untag(UUID id);

  /** How many servers the tenant may have; nobody else changes its inventory until the commit. */
  @Query(
      value = "SELECT server_limit FROM tenants WHERE id = :tenantId FOR UPDATE",
      nativeQuery = true)
  int lockTenant(UUID tenantId);
}
