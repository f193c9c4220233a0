package io.muster.control.server;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Those that have not ended; ended ones are deleted when the next one is set. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface MaintenanceRepository extends GenericRepository<ServerRow, UUID> {
  @Query(
      value =
          "SELECT server_id, node, until, reason, set_by FROM maintenance"
              + " WHERE server_id IN (:serverIds) AND until > :now ORDER BY node",
      nativeQuery = true)
  List<MaintenanceRow> ofServers(Collection<UUID> serverIds, Instant now);

  @Query(
      value =
          "SELECT m.server_id, m.node, m.until, m.reason, m.set_by FROM maintenance m"
              + " JOIN servers v ON v.id = m.server_id"
              + " WHERE v.site_id = :siteId AND m.until > :now ORDER BY m.node",
      nativeQuery = true)
  List<MaintenanceRow> ofSite(UUID siteId, Instant now);

  @Query(
      value =
          "INSERT INTO maintenance (server_id, node, until, reason, set_by)"
              + " VALUES (:serverId, :node, :until, :reason, :setBy)",
      nativeQuery = true)
  void insert(UUID serverId, String node, Instant until, String reason, String setBy);

  @Query(
      value = "DELETE FROM maintenance WHERE server_id = :serverId AND node = :node",
      nativeQuery = true)
  long delete(UUID serverId, String node);

  @Query(value = "DELETE FROM maintenance WHERE server_id = :serverId", nativeQuery = true)
  long deleteAll(UUID serverId);

  @Query(value = "DELETE FROM maintenance WHERE until <= :now", nativeQuery = true)
  void deleteEnded(Instant now);
}
