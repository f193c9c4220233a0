package io.muster.control.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.muster.control.caller.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRepository extends GenericRepository<User, UUID> {
  User save(User user);

  User update(User user);

  void delete(User user);

  Optional<User> findById(UUID id);

  Optional<User> findByUsername(String username);

  Optional<User> findByTenantIdAndId(UUID tenantId, UUID id);

  Page<User> findByTenantId(UUID tenantId, Pageable page);

  boolean existsByTenantId(UUID tenantId);

  long deleteByTenantId(UUID tenantId);

  long countByTenantIdAndRoleAndEnabled(UUID tenantId, Role role, boolean enabled);

  /** Counted before the password is looked at, so that guesses at the same moment all count. */
  @Query("UPDATE users SET failed_logins = failed_logins + 1 WHERE id = :id")
  void attempted(UUID id);

  /** 1 when this was one attempt too many. */
  @Query(
      "UPDATE users SET locked_until = :until, failed_logins = 0"
          + " WHERE id = :id AND failed_logins >= :most")
  int lockAfter(UUID id, int most, Instant until);

  @Query(
      "UPDATE users SET failed_logins = 0, locked_until = NULL, last_login_at = :at WHERE id = :id")
  void loggedIn(UUID id, Instant at);

  @Query(
      "UPDATE users SET password_hash = :hash, must_change_password = :mustChange,"
          + " failed_logins = 0, locked_until = NULL WHERE id = :id")
  void setPassword(UUID id, String hash, boolean mustChange);
}
