package io.muster.control.infrastructure;

import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is measured of clusters, by their servers. */
@Singleton
final class ClusterFacts {
  private final Rows rows;

  ClusterFacts(Rows rows) {
    this.rows = rows;
  }

  /**
   * The nodes of a server now.
   *
   * @param cluster what the platform calls itself; null = it has no name for it
   */
  record NodeCount(UUID server, @Nullable String cluster, long nodes, long online) {
    private static final RowReader<NodeCount> READER =
        row ->
            new NodeCount(
                row.id("server_id"),
                row.text("cluster"),
                row.counted("nodes"),
                row.counted("online"));
  }

  /** The VMs of a server now. */
  record VmCount(UUID server, long vms, long running) {
    static final VmCount NONE = new VmCount(new UUID(0, 0), 0, 0);

    private static final RowReader<VmCount> READER =
        row -> new VmCount(row.id("server_id"), row.counted("vms"), row.counted("running"));
  }

  /**
   * What the platform says of the cluster as a whole; null = unknown, or there is no such thing.
   */
  record Whole(
      UUID server,
      @Nullable Boolean quorate,
      @Nullable Integer haErrors,
      @Nullable String cephHealth,
      @Nullable Integer updatesPending) {
    static final Whole UNKNOWN = new Whole(new UUID(0, 0), null, null, null, null);

    private static final RowReader<Whole> READER =
        row -> {
          Integer quorate = row.count("quorate");
          return new Whole(
              row.id("server_id"),
              quorate == null ? null : quorate == 1,
              row.count("ha_errors"),
              row.text("ceph_health"),
              row.count("updates_pending"));
        };
  }

  /** By server; a server with two clusters has the one with more nodes. */
  Map<UUID, NodeCount> nodes(Fleet fleet) {
    Sql sql =
        Sql.of(
                "SELECT n.server_id, n.cluster, count() AS nodes,"
                    + " sum(CASE WHEN n.status IN ('online', 'ready') THEN 1 ELSE 0 END) AS online"
                    + " FROM node_now n WHERE ")
            .then(fleet.sight().wholeServers("n"));
    Map<UUID, NodeCount> counts = new HashMap<>();
    for (NodeCount count : rows.read(sql, NodeCount.READER)) {
      counts.merge(count.server(), count, (a, b) -> a.nodes() >= b.nodes() ? a : b);
    }
    return counts;
  }

  Map<UUID, VmCount> vms(Fleet fleet) {
    Sql sql =
        Sql.of(
                "SELECT v.server_id, count() AS vms,"
                    + " sum(CASE WHEN v.status = 'running' THEN 1 ELSE 0 END) AS running"
                    + " FROM vm_now v WHERE ")
            .then(fleet.sight().vms("v"));
    Map<UUID, VmCount> counts = new HashMap<>();
    rows.read(sql, VmCount.READER).forEach(count -> counts.put(count.server(), count));
    return counts;
  }

  /** Read by turns with other facts, so not of the last poll alone. */
  Map<UUID, Whole> wholes(Fleet fleet) {
    Sql sql =
        Sql.of(
                "SELECT c.server_id, c.quorate, c.ha_errors, c.ceph_health, c.updates_pending"
                    + " FROM cluster_metrics c WHERE c.ts > dateadd('m', -15, now()) AND ")
            .then(fleet.sight().wholeServers("c"))
            .then(" LATEST ON ts PARTITION BY server_id");
    Map<UUID, Whole> wholes = new HashMap<>();
    rows.read(sql, Whole.READER).forEach(whole -> wholes.put(whole.server(), whole));
    return wholes;
  }

  /** A storage as it was told last. */
  private static final RowReader<StorageView> STORAGE =
      row ->
          new StorageView(
              row.name("storage"),
              row.text("node"),
              row.text("kind"),
              row.text("status"),
              row.whole("used_bytes"),
              row.whole("total_bytes"),
              row.time("ts"));

  List<StorageView> storages(UUID server) {
    Sql sql =
        Sql.of(
            "SELECT storage, node, kind, status, used_bytes, total_bytes, ts FROM (SELECT * FROM"
                + " storage_metrics WHERE server_id = ? AND ts > dateadd('m', -15, now())"
                + " LATEST ON ts PARTITION BY server_id, node, storage) ORDER BY storage, node",
            server);
    return rows.read(sql, STORAGE);
  }
}
