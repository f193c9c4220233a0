package io.muster.control.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApiTokenRepository extends GenericRepository<ApiToken, UUID> {
  ApiToken save(ApiToken token);

  Optional<ApiToken> findByHash(String hash);

  @Query("UPDATE api_tokens SET last_used_at = :at WHERE id = :id")
  void used(UUID id, Instant at);
}
