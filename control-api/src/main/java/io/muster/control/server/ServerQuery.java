package io.muster.control.server;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.muster.control.caller.Sight;
import io.muster.control.paging.PageQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A caller's servers, as SQL with the conditions that are wanted and no other. By hand, since the
 * rows of a long list cost more to map than to find.
 */
final class ServerQuery {
  private final JdbcOperations jdbc;
  private final Sight sight;
  private final StringBuilder from =
      new StringBuilder(
          " FROM servers v LEFT JOIN server_status s ON s.server_id = v.id WHERE v.tenant_id = ?");
  private final List<Object> values = new ArrayList<>();

  ServerQuery(JdbcOperations jdbc, UUID tenant, Sight sight) {
    this.jdbc = jdbc;
    this.sight = sight;
    values.add(tenant);
    if (!sight.isWholeTenant()) {
      from.append(" AND ");
      among(Stream.concat(sight.whole().stream(), sight.inPart().stream()).toList());
    }
  }

  /** Narrows it; connections are those of the sites whose agents are {@code connected}. */
  ServerQuery wanting(ServerFilter filter, Collection<UUID> connected, Instant now) {
    if (filter.site() != null) {
      and("v.site_id IN (SELECT id FROM sites WHERE name = ?)", filter.site());
    }
    if (filter.provider() != null) {
      and("v.provider = ?", filter.provider());
    }
    if (filter.tag() != null) {
      and(
          "EXISTS (SELECT 1 FROM server_tags t WHERE t.server_id = v.id AND t.tag = ?)",
          filter.tag());
      andWhole();
    }
    if (filter.pattern() != null) {
      from.append(" AND (LOWER(v.name) LIKE ? ESCAPE '!' OR (v.search LIKE ? ESCAPE '!'");
      Collections.addAll(values, filter.pattern(), filter.pattern());
      andWhole();
      from.append("))");
    }
    if (filter.status() != null) {
      andStatus(filter.status(), connected, now);
    }
    return this;
  }

  /** What is found by tags and addresses tells them. */
  private void andWhole() {
    if (!sight.inPart().isEmpty()) {
      from.append(" AND ");
      among(sight.whole());
    }
  }

  private void andStatus(String status, Collection<UUID> connected, Instant now) {
    switch (status) {
      case ServerFilter.DISABLED -> from.append(" AND v.enabled = FALSE");
      case ServerFilter.MAINTENANCE ->
          and(
              "EXISTS (SELECT 1 FROM maintenance m WHERE m.server_id = v.id AND m.until > ?)",
              now.atOffset(ZoneOffset.UTC));
      default -> {
        from.append(" AND v.enabled = TRUE AND CASE WHEN v.site_id IN ").append(list(connected));
        from.append(" THEN COALESCE(s.connection_status, 'checking') ELSE 'unknown' END = ?");
        values.add(status);
      }
    }
  }

  long count() {
    return jdbc.prepareStatement(
        "SELECT COUNT(*)" + from,
        statement -> {
          bind(statement, values);
          ResultSet rows = statement.executeQuery();
          rows.next();
          return rows.getLong(1);
        });
  }

  /** In the order of their names. */
  List<ServerRow> page(PageQuery page) {
    List<Object> all = new ArrayList<>(values);
    Collections.addAll(all, page.size(), page.offset());
    return rows(
        "SELECT v.id, v.tenant_id, v.site_id, v.name, v.provider, v.enabled, v.interval_seconds,"
            + " v.route, v.tags, v.settings, v.search, v.version, v.created_at, v.updated_at"
            + from
            + " ORDER BY LOWER(v.name), v.name LIMIT ? OFFSET ?",
        all,
        ServerQuery::row);
  }

  List<ServerGroup> groups() {
    String columns = "v.provider, v.enabled, v.site_id, s.connection_status";
    return rows(
        "SELECT " + columns + ", COUNT(*)" + from + " GROUP BY " + columns,
        values,
        row ->
            new ServerGroup(
                row.getString(1),
                row.getBoolean(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getLong(5)));
  }

  /** Without secrets: a list has no use for them. */
  private static ServerRow row(ResultSet row) throws SQLException {
    return new ServerRow(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6),
        row.getObject(7, Integer.class),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        null,
        row.getLong(12),
        row.getObject(13, OffsetDateTime.class).toInstant(),
        row.getObject(14, OffsetDateTime.class).toInstant());
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, List<Object> bound, Reading<T> reading) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          bind(statement, bound);
          List<T> read = new ArrayList<>();
          ResultSet rows = statement.executeQuery();
          while (rows.next()) {
            read.add(reading.of(rows));
          }
          return read;
        });
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private void and(String condition, Object value) {
    from.append(" AND ").append(condition);
    values.add(value);
  }

  private void among(Collection<UUID> ids) {
    from.append("v.id IN ").append(list(ids));
  }

  /** One {@code ?} for each; SQL has no empty list, but one that holds nothing that there is. */
  private String list(Collection<?> wanted) {
    values.addAll(wanted);
    return wanted.isEmpty() ? "(NULL)" : "(?" + ", ?".repeat(wanted.size() - 1) + ")";
  }
}
