package io.muster.control.site;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AgentTokenRepository extends GenericRepository<AgentToken, UUID> {
  AgentToken save(AgentToken token);

  void delete(AgentToken token);

  Optional<AgentToken> findByHash(String hash);

  Optional<AgentToken> findBySiteIdAndId(UUID siteId, UUID id);

  List<AgentToken> findBySiteIdOrderByCreatedAt(UUID siteId);

  @Query("UPDATE agent_tokens SET last_used_at = :at WHERE id = :id")
  void used(UUID id, Instant at);
}
