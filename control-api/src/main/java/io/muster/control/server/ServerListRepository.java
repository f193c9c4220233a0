package io.muster.control.server;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's servers as far as a caller sees them and a filter wants them. No list is empty. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ServerListRepository extends GenericRepository<ServerRow, UUID> {
  String VISIBLE =
      " FROM servers v LEFT JOIN server_status s ON s.server_id = v.id"
          + " WHERE v.tenant_id = :tenant AND (:whole = TRUE OR v.id IN (:servers) OR EXISTS"
          + " (SELECT 1 FROM server_tags t WHERE t.server_id = v.id AND t.tag IN (:tags)))";

  // PostgreSQL has to be told what type a parameter has that may be null.
  String WANTED =
      VISIBLE
          + " AND (CAST(:site AS VARCHAR) IS NULL"
          + " OR v.site_id IN (SELECT id FROM sites WHERE name = :site))"
          + " AND (CAST(:provider AS VARCHAR) IS NULL OR v.provider = :provider)"
          + " AND (CAST(:tag AS VARCHAR) IS NULL OR EXISTS"
          + " (SELECT 1 FROM server_tags t WHERE t.server_id = v.id AND t.tag = :tag))"
          + " AND (CAST(:pattern AS VARCHAR) IS NULL OR v.search LIKE :pattern ESCAPE '!')"
          + " AND (CAST(:status AS VARCHAR) IS NULL"
          + " OR (CAST(:status AS VARCHAR) = 'disabled' AND v.enabled = FALSE)"
          + " OR (CAST(:status AS VARCHAR) = 'maintenance' AND EXISTS"
          + " (SELECT 1 FROM maintenance m WHERE m.server_id = v.id AND m.until > :now))"
          + " OR (v.enabled = TRUE AND CAST(:status AS VARCHAR) ="
          + " CASE WHEN v.site_id IN (:connected)"
          + " THEN COALESCE(s.connection_status, 'checking') ELSE 'unknown' END))";

  @Query(
      value = "SELECT v.*" + WANTED + " ORDER BY LOWER(v.name), v.name LIMIT :size OFFSET :offset",
      nativeQuery = true)
  List<ServerRow> find(
      UUID tenant,
      boolean whole,
      Collection<UUID> servers,
      Collection<String> tags,
      @Nullable String site,
      @Nullable String provider,
      @Nullable String tag,
      @Nullable String pattern,
      @Nullable String status,
      Collection<UUID> connected,
      Instant now,
      int size,
      long offset);

  @Query(value = "SELECT COUNT(*)" + WANTED, nativeQuery = true)
  long count(
      UUID tenant,
      boolean whole,
      Collection<UUID> servers,
      Collection<String> tags,
      @Nullable String site,
      @Nullable String provider,
      @Nullable String tag,
      @Nullable String pattern,
      @Nullable String status,
      Collection<UUID> connected,
      Instant now);

  @Query(
      value =
          "SELECT v.provider, v.enabled, v.site_id, s.connection_status, COUNT(*) AS servers"
              + VISIBLE
              + " GROUP BY v.provider, v.enabled, v.site_id, s.connection_status",
      nativeQuery = true)
  List<ServerGroup> groups(
      UUID tenant, boolean whole, Collection<UUID> servers, Collection<String> tags);
}
