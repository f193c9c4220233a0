package io.muster.control.server;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StatusRepository extends GenericRepository<StatusRow, UUID> {
  Optional<StatusRow> findByServerId(UUID serverId);

  @Query(
      value =
          "SELECT s.* FROM server_status s JOIN servers v ON v.id = s.server_id"
              + " WHERE v.tenant_id = :tenantId",
      nativeQuery = true)
  List<StatusRow> findByTenant(UUID tenantId);

  StatusRow save(StatusRow row);

  StatusRow update(StatusRow row);
}
