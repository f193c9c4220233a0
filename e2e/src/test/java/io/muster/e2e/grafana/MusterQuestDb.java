package io.muster.e2e.grafana;

import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.ProcessSpec;
import io.muster.cli.local.QuestDbProcess;
import io.muster.cli.local.QuestDbSettings;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real QuestDB with the tables and views that the agent makes, all empty. */
final class MusterQuestDb implements AutoCloseable {
  /** The agent takes 2–3 s to apply its schema; the machine may be busy with other builds. */
  private static final Duration SCHEMA_PATIENCE = Duration.ofMinutes(2);

  private final QuestDbProcess process;
  private final Reader reader;

  private MusterQuestDb(QuestDbProcess process) throws SQLException {
    this.process = process;
    this.reader = Reader.of(process);
  }

  /** Blocks until it is ready. {@code folder} is the caller's to delete. */
  static MusterQuestDb start(Path folder) throws IOException, SQLException {
    return start(folder, QuestDbSettings.inFolder(folder.resolve("questdb")));
  }

  /** The rows of a folder that was used before stay. */
  static MusterQuestDb start(Path folder, QuestDbSettings settings)
      throws IOException, SQLException {
    var process = QuestDbProcess.start(settings);
    try {
      applySchema(process, Files.createDirectories(folder.resolve("agent")));
      return new MusterQuestDb(process);
    } catch (IOException | SQLException | RuntimeException | AssertionError failed) {
      process.close();
      throw failed;
    }
  }

  QuestDbProcess process() {
    return process;
  }

  Reader reader() {
    return reader;
  }

  Seed seed() throws SQLException {
    return Seed.into(process);
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    process.close();
  }

  /** By the agent without a server to poll; the rows about itself are taken away again. */
  private static void applySchema(QuestDbProcess questDb, Path folder) throws IOException {
    var inventory = folder.resolve("servers.json");
    Files.writeString(inventory, "{\"servers\": []}");
    var isNew = !hasSchema(questDb);
    try (var agent = ManagedProcess.start(agent(questDb, folder, inventory))) {
      Wait.until(
          SCHEMA_PATIENCE,
          () -> "the schema is applied; the agent says: " + agent.lastLogLines(20),
          () -> hasSchema(questDb));
    }
    if (isNew) {
      for (var table : List.of("agent_metrics", "server_states", "events")) {
        questDb.execute("TRUNCATE TABLE " + table);
      }
    }
  }

  private static boolean hasSchema(QuestDbProcess questDb) throws IOException {
    // The thresholds come last.
    return questDb
        .execute(
            "SELECT count() > 0 FROM tables() WHERE table_name = 'alert_thresholds' AND"
                + " table_row_count > 0")
        .contains("[[true]]");
  }

  /** The agent as a program that polls the servers of {@code inventory}. */
  static ProcessSpec agent(QuestDbProcess questDb, Path folder, Path inventory) {
    var checkout = Path.of(System.getProperty("muster.checkout", "..")).toAbsolutePath();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            checkout.resolve("agent/target/muster-agent.jar").normalize().toString(),
            "run");
    var environment =
        Map.of(
            "MUSTER_DATA", folder.resolve("data").toString(),
            "MUSTER_CONFIG", inventory.toString(),
            "MUSTER_MANAGEMENT_PORT", "0",
            "QUESTDB_URL", questDb.httpUrl().toString(),
            "QUESTDB_USER", questDb.user(),
            "QUESTDB_PASSWORD", questDb.password().reveal());
    return new ProcessSpec(
        "the agent",
        command,
        environment,
        List.of("MUSTER_", "QUESTDB_", "PROXMOX_"),
        folder,
        folder.resolve("agent.log"));
  }
}
