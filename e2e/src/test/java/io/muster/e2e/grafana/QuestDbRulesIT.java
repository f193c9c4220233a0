package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The rules about QuestDB itself, on one that lets a table be suspended on purpose. */
@TestInstance(Lifecycle.PER_CLASS)
class QuestDbRulesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MusterQuestDb db;
  private final Seed seed;

  QuestDbRulesIT(@TempDir Path folder) throws Exception {
    var settings = Files.createDirectories(folder.resolve("questdb/conf")).resolve("server.conf");
    Files.writeString(settings, "dev.mode.enabled=true\n");
    db = MusterQuestDb.start(folder);
    seed = db.seed();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    db.close();
  }

  @Test
  void suspended_namesTheTable_andIsOverWhenItIsResumed() throws Exception {
    assertThat(firing("questdb-suspended")).isEmpty();
    db.process().execute("ALTER TABLE vm_states SUSPEND WAL");
    Wait.until(
        PATIENCE,
        () -> "the table is told",
        () -> firing("questdb-suspended").equals(List.of("vm_states")));
    db.process().execute("ALTER TABLE vm_states RESUME WAL");
    Wait.until(PATIENCE, () -> "nothing is told", () -> firing("questdb-suspended").isEmpty());
  }

  @Test
  void size_isJudgedOnceALimitIsSet() throws Exception {
    assertThat(rule("questdb-size").instances(db.reader(), "Excess")).isEmpty();
    new Lab(seed, Instant.now(), Map.of(), Map.of())
        .limit("questdb-size", null, null, 1e15, true, Instant.now());
    seed.settle();
    assertThat(rule("questdb-size").instances(db.reader(), "Measured"))
        .singleElement()
        .satisfies(size -> assertThat(size.value()).isPositive());
    assertThat(firing("questdb-size")).isEmpty();
    new Lab(seed, Instant.now(), Map.of(), Map.of())
        .limit("questdb-size", null, null, 1, true, Instant.now());
    seed.settle();
    assertThat(firing("questdb-size")).containsExactly("all tables");
  }

  /** First label of everything that the rule would tell. */
  private List<String> firing(String name) throws SQLException {
    var rule = rule(name);
    return rule.instances(db.reader(), "Excess").stream()
        .filter(instance -> rule.fires(instance.value(), false))
        .map(instance -> instance.labels().values().iterator().next())
        .toList();
  }

  private static AlertRule rule(String name) {
    return AlertRule.all(Provisioned.ofCheckout()).stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
