package io.muster.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The limits that alert rules start with. */
class ThresholdsTest {
  private static final String HEADER = "rule,limit_value,enabled,unit,fires_when\n";

  @Test
  void install_seedsEveryLimitOnce_andAUsersNewerOneWins() throws Exception {
    try (TestQuestDb db = TestQuestDb.fresh()) {
      SchemaInstaller installer = db.installer();
      installer.install();
      db.settle("alert_thresholds");
      int seeded = Thresholds.load().rows().size();
      assertThat(db.number("SELECT count() FROM alert_thresholds")).isEqualTo(seeded);
      assertThat(limit(db)).isEqualTo(90);

      db.rows(
          "INSERT INTO alert_thresholds (ts, rule, limit_value, enabled) VALUES (now(), 'node-cpu',"
              + " 70, 1)");
      installer.install();
      db.settle("alert_thresholds");
      assertThat(db.number("SELECT count() FROM alert_thresholds")).isEqualTo(seeded + 1);
      assertThat(limit(db)).isEqualTo(70);
    }
  }

  @Test
  void seed_writesAnewOnlyWhatANewerReleaseChanged() throws Exception {
    try (TestQuestDb db = TestQuestDb.fresh();
        QuestDbExec exec = new QuestDbExec(db.address())) {
      db.installer().install();
      db.settle("alert_thresholds");
      long before = db.number("SELECT count() FROM alert_thresholds");
      Thresholds.parse(HEADER + "node-cpu,85,1,percent,…\n").seed(exec);
      db.settle("alert_thresholds");
      assertThat(db.number("SELECT count() FROM alert_thresholds")).isEqualTo(before);
      assertThat(limit(db)).isEqualTo(85);
    }
  }

  @Test
  void views_thatAreThere_areNotMadeAgain() throws Exception {
    try (TestQuestDb db = TestQuestDb.fresh()) {
      SchemaInstaller installer = db.installer();
      installer.install();
      long before = viewTransactions(db);
      installer.install();
      assertThat(installer.problems()).isEmpty();
      assertThat(viewTransactions(db)).isEqualTo(before);
      assertThat(db.number("SELECT count() FROM views() WHERE view_status = 'valid'"))
          .isEqualTo(Schema.load().views().stream().filter(view -> !view.materialized()).count());
      db.rows("CREATE OR REPLACE VIEW alert_limits_now AS (SELECT rule FROM alert_thresholds)");
      installer.install();
      assertThat(db.number("SELECT count() FROM table_columns('alert_limits_now')"))
          .isGreaterThan(1);
    }
  }

  @Test
  void parse_saysWhichLineIsNone() {
    assertThat(Thresholds.parse(HEADER + "\na-rule,1.5,0,unit,more\n").rows())
        .containsExactly(new Thresholds.Threshold("a-rule", 1.5, 0, "unit", "more"));
    assertThatThrownBy(() -> Thresholds.parse(HEADER + "a-rule,much,1,unit,more\n"))
        .hasMessageContaining("a-rule,much,1");
    assertThatThrownBy(() -> Thresholds.parse("rule,limit\n")).hasMessageContaining(HEADER.strip());
  }

  private static double limit(TestQuestDb db) {
    return db.row("SELECT limit_value FROM alert_limits_now WHERE rule = 'node-cpu'")
        .values()
        .iterator()
        .next()
        .asDouble();
  }

  private static long viewTransactions(TestQuestDb db) {
    return db.number(
        "SELECT coalesce(sum(sequencerTxn), 0) FROM wal_tables() WHERE name LIKE '%_now'");
  }
}
