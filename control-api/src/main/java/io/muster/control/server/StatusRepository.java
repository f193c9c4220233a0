package io.muster.control.server;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StatusRepository extends GenericRepository<StatusRow, UUID> {
  Optional<StatusRow> findByServerId(UUID serverId);

  List<StatusRow> findByServerIdIn(Collection<UUID> serverIds);

  StatusRow save(StatusRow row);

  StatusRow update(StatusRow row);
}
