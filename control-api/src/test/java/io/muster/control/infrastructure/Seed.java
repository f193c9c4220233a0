package io.muster.control.infrastructure;

import static io.muster.control.TestQuestDb.cells;

import io.muster.control.TestQuestDb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of one server, as its agent writes them. */
final class Seed {
  private final TestQuestDb questDb = TestQuestDb.shared();
  private final UUID server;
  private final String name;

  Seed(UUID server, String name) {
    this.server = server;
    this.name = name;
  }

  static Instant secondsAgo(long seconds) {
    return Instant.now().minusSeconds(seconds).truncatedTo(ChronoUnit.MICROS);
  }

  private void insert(String table, @Nullable Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.putAll(cells("ts", secondsAgo(5), "site", "s", "provider", "proxmox").byColumn());
    row.putAll(cells("server_id", server, "server", name).byColumn());
    row.putAll(cells(namesAndValues).byColumn());
    questDb.insert(table, new TestQuestDb.Cells(row));
  }

  void state(@Nullable Object... cells) {
    insert("server_states", cells);
  }

  void node(@Nullable Object... cells) {
    insert("node_states", cells);
  }

  void nodeSample(@Nullable Object... cells) {
    insert("node_metrics", cells);
  }

  void cluster(@Nullable Object... cells) {
    insert("cluster_metrics", cells);
  }

  void storage(@Nullable Object... cells) {
    insert("storage_metrics", cells);
  }

  /** A running one; {@code cells} come on top. */
  void vm(String vmId, String vmName, @Nullable Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.putAll(
        cells("vm_id", vmId, "vm", vmName, "type", "qemu", "status", "running", "node", "pve-a")
            .byColumn());
    row.putAll(cells(cells).byColumn());
    insert("vm_states", flat(row));
  }

  void vmSample(String vmId, @Nullable Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("vm_id", vmId);
    row.putAll(cells(cells).byColumn());
    insert("vm_metrics", flat(row));
  }

  private static Object[] flat(Map<String, Object> row) {
    return row.entrySet().stream()
        .flatMap(cell -> Stream.of(cell.getKey(), cell.getValue()))
        .toArray();
  }
}
