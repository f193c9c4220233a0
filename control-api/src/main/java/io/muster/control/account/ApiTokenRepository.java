package io.muster.control.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApiTokenRepository extends GenericRepository<ApiToken, UUID> {
  ApiToken save(ApiToken token);

  ApiToken update(ApiToken token);

  void delete(ApiToken token);

  Optional<ApiToken> findByHash(String hash);

  Optional<ApiToken> findByTenantIdAndId(UUID tenantId, UUID id);

  boolean existsByTenantIdAndName(UUID tenantId, String name);

  Page<ApiToken> findByTenantId(UUID tenantId, Pageable page);

  @Query("UPDATE api_tokens SET last_used_at = :at WHERE id = :id")
  void used(UUID id, Instant at);
}
