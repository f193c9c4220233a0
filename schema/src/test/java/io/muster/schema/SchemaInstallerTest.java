package io.muster.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bringing databases of several kinds to the schema. */
class SchemaInstallerTest {
  /** Two that stand in each other's way get out of it in the first few. */
  private static final int ATTEMPTS = 10;

  @Test
  void install_twice_changesNothing() throws SchemaException {
    TestQuestDb db = TestQuestDb.shared();
    Map<String, Object> before = versions(db);
    SchemaInstaller installer = db.installer();
    installer.install();
    installer.install();
    assertThat(installer.problems()).isEmpty();
    assertThat(versions(db)).isEqualTo(before).hasSize(16);
  }

  @Test
  void install_setsTheRetention_andTheRefreshLimitBelowIt() throws SchemaException {
    TestQuestDb db = TestQuestDb.shared();
    new SchemaInstaller(db.address(), new Retention(3, 30)).install();
    awaitTtl(db, "vm_states", "3 DAY");
    awaitTtl(db, "vm_hourly", "30 DAY");
    awaitTtl(db, "alert_thresholds", "0 HOUR");
    TestQuestDb.await("refresh limit 2 DAY", () -> refreshLimit(db).equals("2 DAY"));
    db.installer().install();
    awaitTtl(db, "vm_states", "1 WEEK");
    awaitTtl(db, "vm_hourly", "730 DAY");
    TestQuestDb.await("refresh limit 6 DAY", () -> refreshLimit(db).equals("6 DAY"));
  }

  @Test
  void install_completesAnOlderSchema_andKeepsItsRows() throws SchemaException {
    try (TestQuestDb db = TestQuestDb.fresh()) {
      db.rows(
          "CREATE TABLE vm_states (ts TIMESTAMP, server_id SYMBOL, vm_id SYMBOL, vm VARCHAR)"
              + " TIMESTAMP(ts) PARTITION BY DAY WAL");
      db.rows("INSERT INTO vm_states VALUES (now(), 'old', 'qemu:1', 'kept')");
      db.rows(
          "CREATE TABLE vm_metrics (ts TIMESTAMP, vm_id SYMBOL, cpu_usage_ratio DOUBLE)"
              + " TIMESTAMP(ts) PARTITION BY DAY WAL");
      db.rows("INSERT INTO vm_metrics VALUES (now(), 'qemu:1', 0.5)");
      db.rows(
          "CREATE TABLE quota_metrics (ts TIMESTAMP, used DOUBLE) TIMESTAMP(ts) PARTITION BY DAY"
              + " WAL");
      SchemaInstaller installer = db.installer();
      installer.install();
      db.settle("vm_states");
      assertThat(db.row("SELECT vm, status, locked_by FROM vm_states").get("vm"))
          .hasToString("\"kept\"");
      assertThat(db.number("SELECT count() FROM table_columns('vm_states') WHERE upsertKey"))
          .isEqualTo(3);
      awaitTtl(db, "vm_states", "1 WEEK");
      db.settle("vm_metrics");
      assertThat(db.row("SELECT cpu_usage_ratio FROM vm_metrics WHERE vm_id = 'qemu:1'"))
          .hasSize(1);
      assertThat(db.number("SELECT count() FROM table_columns('vm_metrics') WHERE indexed"))
          .isEqualTo(1);
      assertThat(installer.problems())
          .singleElement()
          .asString()
          .contains("used", "quota_metrics", "DOUBLE", "LONG");
      assertThat(db.number("SELECT count() FROM vm_now")).isEqualTo(1);
    }
  }

  @Test
  void install_byAgentAndControlApiAtOnce_endsWithTheSameTables() throws Exception {
    try (TestQuestDb db = TestQuestDb.fresh();
        ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> install = () -> installed(db);
      for (Future<Boolean> end : both.invokeAll(List.of(install, install))) {
        assertThat(end.get()).isTrue();
      }
      db.settle("alert_thresholds");
      assertThat(db.number("SELECT count() FROM alert_thresholds"))
          .isEqualTo(Thresholds.load().rows().size());
      assertThat(db.number("SELECT count() FROM views() WHERE view_status = 'valid'"))
          .isEqualTo(Schema.load().views().stream().filter(view -> !view.materialized()).count());
    }
  }

  /** As both programs do it: again, until it is done and nothing is left to say. */
  private static boolean installed(TestQuestDb db) throws Exception {
    SchemaInstaller installer = db.installer();
    List<String> said = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        installer.install();
        if (installer.problems().isEmpty()) {
          return true;
        }
        said.addAll(installer.problems());
      } catch (SchemaException e) {
        said.add(e.getMessage());
      }
      Thread.sleep(Duration.ofSeconds(1));
    }
    throw new AssertionError(said.toString());
  }

  @Test
  void install_says_whereNothingAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SchemaInstaller installer =
        new SchemaInstaller(
            new QuestDbAddress(URI.create("http://127.0.0.1:" + port), null, null),
            Retention.DEFAULT);
    assertThatThrownBy(installer::install)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void install_saysThatThePasswordIsWrong_andNeverThePassword() {
    TestQuestDb db = TestQuestDb.shared();
    SchemaInstaller installer =
        new SchemaInstaller(
            new QuestDbAddress(db.address().url(), "admin", new Secret("letmein")),
            Retention.DEFAULT);
    assertThatThrownBy(installer::install)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("QUESTDB_PASSWORD")
        .message()
        .doesNotContain("letmein");
  }

  private static Map<String, Object> versions(TestQuestDb db) {
    Map<String, Object> versions = new TreeMap<>();
    db.rows("SELECT name, sequencerTxn FROM wal_tables() WHERE name NOT LIKE '%_now'")
        .forEach(row ->
            versions.put(String.valueOf(row.get("name")), String.valueOf(row.get("sequencerTxn"))));
    // The hourly views go on by themselves.
    versions.replaceAll((name, version) -> name.contains("_hourly") ? "" : version);
    return versions;
  }

  /** QuestDB tells a new time to live once its log is applied. */
  private static void awaitTtl(TestQuestDb db, String table, String ttl) {
    TestQuestDb.await(table + " has TTL " + ttl, () -> ttl(db, table).equals(ttl));
  }

  private static String ttl(TestQuestDb db, String table) {
    Map<String, ?> row =
        db.row("SELECT ttlValue, ttlUnit FROM tables() WHERE table_name = '" + table + "'");
    return row.get("ttlValue") + " " + String.valueOf(row.get("ttlUnit")).replace("\"", "");
  }

  private static String refreshLimit(TestQuestDb db) {
    Map<String, ?> row =
        db.row(
            "SELECT refresh_limit, refresh_limit_unit FROM materialized_views() WHERE view_name ="
                + " 'vm_hourly'");
    return row.get("refresh_limit")
        + " "
        + String.valueOf(row.get("refresh_limit_unit")).replace("\"", "");
  }
}
