package io.muster.control.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.cli.local.QuestDbProcess;
import io.muster.control.Cable;
import io.muster.control.problem.ProblemException;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.Variables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a QuestDB that nobody has written to. */
class SchemaKeeperTest {
  /** Far more than anything takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void tablesAreMade_onceQuestDbIsThere_andWithoutAnAgent() throws Exception {
    try (QuestDbProcess questDb = QuestDbProcess.start(folder.resolve("questdb"));
        Cable cable = new Cable(questDb.httpUrl().getHost() + ":" + questDb.httpUrl().getPort())) {
      cable.cut();
      ControlSettings settings = settings(questDb, cable);
      QuestDbWriter writer = new QuestDbWriter(settings);
      SchemaKeeper keeper = new SchemaKeeper(settings);
      try {
        keeper.start();
        assertThatThrownBy(() -> writer.read("look", "tables()"))
            .isInstanceOf(ProblemException.class)
            .hasMessageContaining("QuestDB is away");
        cable.mend();
        await(questDb);
        assertThat(
                writer.read(
                    "look", "SELECT limit_value FROM alert_limits_now WHERE rule = 'node-cpu'"))
            .hasSize(1);
      } finally {
        keeper.stop();
        writer.close();
      }
    }
  }

  private static ControlSettings settings(QuestDbProcess questDb, Cable cable) {
    Map<String, String> variables = new HashMap<>();
    variables.put("QUESTDB_URL", "http://" + cable.address());
    variables.put("QUESTDB_USER", questDb.user());
    variables.put("QUESTDB_PASSWORD", questDb.password().reveal());
    return ControlSettings.read(Variables.of(variables));
  }

  /** The limits come last. */
  private static void await(QuestDbProcess questDb) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!questDb
        .execute(
            "SELECT count() > 0 FROM tables() WHERE table_name = 'alert_thresholds' AND"
                + " table_row_count > 0")
        .contains("[[true]]")) {
      assertThat(System.nanoTime()).as("the tables are there").isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
