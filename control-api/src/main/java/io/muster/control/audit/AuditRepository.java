package io.muster.control.audit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AuditRepository extends GenericRepository<AuditEntry, UUID> {
  // PostgreSQL has to be told what type a parameter has that may be null.
  String WHERE =
      " FROM audit WHERE tenant_id = :tenant AND at >= :from AND at < :to"
          + " AND (CAST(:who AS VARCHAR) IS NULL OR who = :who)"
          + " AND (CAST(:verb AS VARCHAR) IS NULL OR verb = :verb)"
          + " AND (CAST(:kind AS VARCHAR) IS NULL OR subject_kind = :kind)"
          + " AND (CAST(:subject AS VARCHAR) IS NULL OR subject_id = :subject"
          + " OR subject_name = :subject)"
          + " AND (:whole OR (subject_kind = '"
          + Subject.SERVER
          + "' AND subject_id IN (:servers)))";

  AuditEntry save(AuditEntry entry);

  @Query("SELECT *" + WHERE + " ORDER BY at DESC, id LIMIT :size OFFSET :offset")
  List<AuditEntry> find(
      UUID tenant,
      Instant from,
      Instant to,
      @Nullable String who,
      @Nullable String verb,
      @Nullable String kind,
      @Nullable String subject,
      boolean whole,
      Collection<String> servers,
      int size,
      long offset);

  /** Of all tenants; gives how many there were. */
  @Query("DELETE FROM audit WHERE at < :before")
  long deleteBefore(Instant before);

  @Query("SELECT COUNT(*)" + WHERE)
  long count(
      UUID tenant,
      Instant from,
      Instant to,
      @Nullable String who,
      @Nullable String verb,
      @Nullable String kind,
      @Nullable String subject,
      boolean whole,
      Collection<String> servers);
}
