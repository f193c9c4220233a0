package io.muster.control.history;

import static io.muster.control.TestQuestDb.cells;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.TestQuestDb;
import io.muster.control.TestQuestDb.Cells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A tenant with servers of which something was measured. */
final class Measured {
  /** Far more than a refresh takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestQuestDb QUEST_DB = TestQuestDb.shared();

  private final TestTenant tenant;

  Measured() {
    tenant = ControlRig.on(Database.H2).tenant();
    tenant.site(ControlRig.name("site"));
  }

  TestTenant tenant() {
    return tenant;
  }

  Answer get(String path) {
    return tenant.viewer().get("/api/v1" + path);
  }

  Answer get(Client client, String path) {
    return client.get("/api/v1" + path);
  }

  /** A server of the inventory, with its heart-beat of now. */
  UUID server(String name, int intervalSeconds) {
    Answer made =
        tenant
            .admin()
            .post(
                "/api/v1/servers",
                Map.of(
                    "name",
                    name,
                    "host",
                    name + ".example.org",
                    "tokenId",
                    "muster@pve!monitor",
                    "tokenSecret",
                    "11111111-2222-4333-8444-555555555555"));
    if (made.status() != 201) {
      throw new IllegalStateException(made.toString());
    }
    UUID id = UUID.fromString(made.json().path("id").asText());
    write(
        "server_states",
        List.of(
            row(
                id,
                Instant.now().minusSeconds(5),
                "server",
                name,
                "state",
                "active",
                "interval_ms",
                intervalSeconds * 1000L)));
    return id;
  }

  static Cells row(UUID server, Instant ts, @Nullable Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.putAll(cells("ts", ts, "site", "berlin", "provider", "proxmox").byColumn());
    row.put("server_id", server);
    row.putAll(cells(cells).byColumn());
    return new Cells(row);
  }

  /** A row for each time from {@code first} on. */
  static List<Cells> every(
      Duration step, int times, UUID server, Instant first, @Nullable Object... cells) {
    List<Cells> rows = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      rows.add(row(server, first.plus(step.multipliedBy(i)), cells));
    }
    return rows;
  }

  static void write(String table, List<Cells> rows) {
    QUEST_DB.insert(table, rows.toArray(Cells[]::new));
  }

  /** The views refresh each minute by themselves; here at once, as far as their base has come. */
  static void refresh(String view, String base) {
    try {
      long transaction =
          number("SELECT sequencerTxn FROM wal_tables() WHERE name = '" + base + "'");
      QUEST_DB.run("REFRESH MATERIALIZED VIEW " + view + " INCREMENTAL");
      String done =
          "SELECT count() FROM materialized_views() WHERE view_status = 'valid' AND view_name ="
              + " '%s' AND refresh_base_table_txn >= %d".formatted(view, transaction);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (number(done) == 0) {
        if (System.nanoTime() > end) {
          throw new AssertionError(view + " is not refreshed after " + PATIENCE);
        }
        LockSupport.parkNanos(20_000_000);
      }
      QUEST_DB.settle(view);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only cell. */
  private static long number(String sql) {
    return column(sql).getFirst().asLong();
  }

  /** The first column of what is read as the user who may write. */
  static List<JsonNode> column(String sql) {
    try {
      List<JsonNode> cells = new ArrayList<>();
      JSON.readTree(QUEST_DB.process().execute(sql))
          .path("dataset")
          .forEach(row -> cells.add(row.get(0)));
      return cells;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
