package io.muster.e2e.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Http;
import io.muster.cli.local.Ports;
import io.muster.cli.local.QuestDbProcess;
import io.muster.e2e.Program;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** QuestDB, simulated clusters and a control API; the site's agent comes later. */
final class Centre implements AutoCloseable {
  static final String FIRST_PASSWORD = "of-the-first-administrator-1";

  private static final String HOST = "127.0.0.1";
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<AutoCloseable> programs = new ArrayList<>();
  private final QuestDbProcess questDb;
  private final JsonNode clusters;
  private final Program control;
  private final int port;
  private final URI health;

  /** All of them ready. */
  Centre(Path folder) throws IOException {
    this.folder = folder;
    var ports = Ports.free(HOST, 2);
    port = ports.getFirst();
    health = URI.create("http://" + HOST + ":" + ports.getLast() + "/health/readiness");
    try {
      control = started(control(ports.getLast()));
      questDb = started(QuestDbProcess.start(folder.resolve("questdb")));
      clusters = simulate();
      awaitControl();
    } catch (IOException | RuntimeException | AssertionError failed) {
      close();
      throw failed;
    }
  }

  private Program control(int healthPort) throws IOException {
    var data = Files.createDirectories(folder.resolve("control"));
    var password = Files.writeString(folder.resolve("password"), FIRST_PASSWORD + "\n");
    var environment =
        Map.of(
            "PORT", String.valueOf(port),
            "MUSTER_MANAGEMENT_PORT", String.valueOf(healthPort),
            "MUSTER_DATA", data.toString(),
            "MUSTER_ADMIN_PASSWORD_FILE", password.toString());
    return Program.start("control-api", data, environment, "run");
  }

  /** Three clusters of a node each: no two entries are the same cluster. */
  private JsonNode simulate() throws IOException {
    var data = Files.createDirectories(folder.resolve("simulator"));
    var file = data.resolve("endpoints.json");
    var simulator =
        started(
            Program.start(
                "simulator",
                data,
                Map.of(),
                "proxmox",
                "--no-life",
                "--clusters",
                "3",
                "--nodes",
                "3",
                "--guests",
                "6",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--endpoints-file",
                file.toString()));
    Wait.until(
        START_PATIENCE,
        () -> "the simulator is ready; " + simulator.lastWords(),
        () -> simulator.log().contains("ready "));
    return JSON.readTree(Files.readString(file)).path("clusters");
  }

  /** Of each cluster the port on which its one node listens, and a token that may read. */
  List<Simulated> clusters() {
    return clusters
        .valueStream()
        .map(cluster ->
            new Simulated(
                URI.create(cluster.path("urls").path(0).asText()),
                "%s=%s"
                    .formatted(
                        cluster.at("/readerToken/id").asText(),
                        cluster.at("/readerToken/secret").asText())))
        .toList();
  }

  record Simulated(URI url, String token) {}

  QuestDbProcess questDb() {
    return questDb;
  }

  String url() {
    return "http://" + HOST + ":" + port;
  }

  /**
   * Starts the agent of a site, which knows nothing but where the control API and QuestDB are.
   *
   * @param environment as {@code ./muster sites agent-token} prints it
   */
  Program startAgent(String environment) throws IOException {
    var data = Files.createDirectories(folder.resolve("agent"));
    var all = new HashMap<String, String>();
    environment.lines().map(line -> line.split("=", 2)).forEach(pair -> all.put(pair[0], pair[1]));
    all.put("MUSTER_DATA", data.toString());
    all.put("MUSTER_POLL_INTERVAL", "2s");
    all.put("MUSTER_MANAGEMENT_PORT", String.valueOf(Ports.free(HOST, 1).getFirst()));
    all.put("QUESTDB_URL", questDb.httpUrl().toString());
    all.put("QUESTDB_USER", questDb.user());
    all.put("QUESTDB_PASSWORD", questDb.password().reveal());
    return started(Program.start("agent", data, all, "run"));
  }

  void stopControl() {
    control.stop();
  }

  void startControl() {
    control.start();
    awaitControl();
  }

  private void awaitControl() {
    Wait.until(
        START_PATIENCE,
        () -> "the control API is ready; " + control.lastWords(),
        () -> {
          if (!control.isAlive()) {
            throw new AssertionError("It ended; " + control.lastWords());
          }
          return !Http.get(health).isEmpty();
        });
  }

  /** Rows of an answer; none while there is no such table. */
  List<JsonNode> rows(String sql) {
    try {
      return JSON.readTree(questDb.execute(sql)).path("dataset").valueStream().toList();
    } catch (IOException notYet) {
      return List.of();
    }
  }

  private <P extends AutoCloseable> P started(P program) {
    programs.addFirst(program);
    return program;
  }

  @Override
  public void close() {
    for (var program : programs) {
      try {
        program.close();
      } catch (Exception failed) {
        throw new IllegalStateException("Cannot end " + program, failed);
      }
    }
  }
}
