package io.muster.control.infrastructure;

import io.muster.control.paging.PageQuery;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.KnownServer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Nodes as they are now. */
@Singleton
final class Nodes {
  private static final RowReader<Long> COUNT = row -> row.counted("nodes");

  private final Rows rows;

  Nodes(Rows rows) {
    this.rows = rows;
  }

  /** By the names of server and node; the id makes the order whole. */
  NodePage page(Fleet fleet, NodeFilter filter, PageQuery page) {
    Sql from =
        filter.narrow(
            Sql.of(" FROM node_now n WHERE ").then(fleet.sight().wholeServers("n")), fleet);
    long total = rows.first(Sql.of("SELECT count() AS nodes").then(from), COUNT).orElse(0L);
    Sql sql =
        Sql.of("SELECT " + NodeRow.COLUMNS)
            .then(from)
            .then(" ORDER BY n.server, n.node, n.server_id")
            .then(" LIMIT ?, ?", page.offset(), page.offset() + page.size());
    List<NodeRow> read = total > page.offset() ? rows.read(sql, NodeRow.NOW) : List.of();
    return NodePage.of(views(fleet, read), page, total, fleet.labels());
  }

  /** All of a server, by name. */
  List<NodeView> of(Fleet fleet, UUID server) {
    Sql sql =
        Sql.of(
            "SELECT " + NodeRow.COLUMNS + " FROM node_now n WHERE n.server_id = ? ORDER BY n.node",
            server);
    return views(fleet, rows.read(sql, NodeRow.NOW));
  }

  Optional<NodeView> one(Fleet fleet, UUID server, String node) {
    Sql sql =
        Sql.of(
            "SELECT " + NodeRow.COLUMNS + " FROM node_now n WHERE n.server_id = ? AND n.node = ?",
            server,
            node);
    return views(fleet, rows.read(sql, NodeRow.NOW)).stream().findFirst();
  }

  private static List<NodeView> views(Fleet fleet, List<NodeRow> read) {
    Instant now = Instant.now();
    return read.stream()
        .map(row -> {
          // The condition lets nothing but servers of the fleet through.
          KnownServer server = Objects.requireNonNull(fleet.servers().get(row.server()));
          return NodeView.of(row, server, now);
        })
        .toList();
  }
}
