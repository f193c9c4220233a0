package io.muster.control.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RefreshTokenRepository extends GenericRepository<RefreshToken, UUID> {
  RefreshToken save(RefreshToken token);

  Optional<RefreshToken> findByHash(String hash);

  boolean existsByFamilyIdAndUserId(UUID familyId, UUID userId);

  long deleteByFamilyId(UUID familyId);

  long deleteByUserId(UUID userId);

  /** 1 for the first who uses it. */
  @Query("UPDATE refresh_tokens SET used_at = :at WHERE id = :id AND used_at IS NULL")
  int use(UUID id, Instant at);

  @Query("DELETE FROM refresh_tokens WHERE user_id = :user AND family_id <> :family")
  void deleteOthers(UUID user, UUID family);

  @Query("DELETE FROM refresh_tokens WHERE expires_at < :now")
  int deleteExpired(Instant now);
}
