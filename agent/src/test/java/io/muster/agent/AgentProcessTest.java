package io.muster.agent;

import static io.muster.agent.AgentRig.JSON;
import static io.muster.agent.AgentRig.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.local.QuestDbProcess;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its start, its end, and all that it says. */
final class AgentProcessTest {
  private static final Duration LONGEST_END = Duration.ofSeconds(5);
  private static final String WRONG_SECRET = "99999999-dead-4bad-9bad-999999999999";
  private static final String OTHER_SECRET = "kubernetes-token-never-to-be-seen";

  private static @TempDir Path questDbFolder = Path.of("");
  private static @Nullable QuestDbProcess questDb;
  private static @Nullable SimulatedProxmox simulator;

  private @TempDir Path folder = Path.of("");

  @BeforeAll
  static void startOthers() throws IOException {
    questDb = QuestDbProcess.start(questDbFolder);
    simulator = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 1).guests(4).build());
  }

  @AfterAll
  static void stopOthers() {
    if (questDb != null) {
      questDb.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void nothingThatTheAgentSays_holdsASecretAndItsLogIsJson() throws Exception {
    inventory(
        server("lab", cluster().readerToken().secret(), 1),
        server("denied", WRONG_SECRET, 1),
        k8s());
    Map<String, String> environment = writing();
    environment.put("LOG_LEVEL", "trace");
    // The rest from the file, as an installation without a service manager has it.
    Files.writeString(
        folder.resolve("application.yml"), "MUSTER_SITE: attic\nMUSTER_LOG_FORMAT: json\n");
    List<String> said = new ArrayList<>();

    try (AgentProcess agent = new AgentProcess(folder, environment, "run")) {
      until("ready", () -> agent.get("/health/readiness").statusCode() == 200);
      until("read", () -> agent.get("/state").body().contains("\"up\""));
      until("denied", () -> agent.get("/health/providers").body().contains("UNAUTHORIZED"));
      for (String page :
          List.of(
              "/state",
              "/health",
              "/health/liveness",
              "/health/readiness",
              "/health/providers",
              "/prometheus")) {
        assertThat(agent.get(page).statusCode()).as(page).isEqualTo(200);
        said.add(agent.get(page).body());
      }
      assertThat(said.getFirst()).contains("\"attic\"");
      agent.terminate();
      agent.awaitEnd();
      said.add(agent.err());
      said.add(agent.out());
      assertJsonLog(agent.err());
    }
    for (String verb : List.of("check --json", "check", "poll --once --json", "poll --once")) {
      try (AgentProcess agent = new AgentProcess(folder, environment, verb.split(" "))) {
        assertThat(agent.exitCode()).as(verb).isEqualTo(1);
        assertThat(agent.out()).as(verb).contains("lab", "denied");
        said.add(agent.out());
        said.add(agent.err());
      }
    }

    assertThat(said)
        .allSatisfy(text ->
            assertThat(text)
                .doesNotContain(
                    cluster().readerToken().secret(),
                    WRONG_SECRET,
                    OTHER_SECRET,
                    database().password().reveal(),
                    basic(database())));
  }

  /** As the password goes over the wire. */
  private static String basic(QuestDbProcess questDb) {
    String pair = questDb.user() + ":" + questDb.password().reveal();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertJsonLog(String log) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : log.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines)
        .hasSizeGreaterThan(5)
        .allSatisfy(line -> {
          assertThat(line.path("level").asText()).isNotEmpty();
          assertThat(line.path("formattedMessage").asText()).isNotEmpty();
        })
        .anySatisfy(line -> {
          assertThat(line.path("formattedMessage").asText()).startsWith("lab is read");
          assertThat(line.path("mdc").path("site").asText()).isEqualTo("attic");
          assertThat(line.path("mdc").path("server").asText()).isEqualTo("lab");
          assertThat(line.path("mdc").path("operation").asText()).isEqualTo("poll");
        });
  }

  @Test
  void sigterm_letsThePollUnderWayEndAndItsRowIsInQuestDb() throws Exception {
    try (Relay relay = new Relay(cluster().urls().getFirst())) {
      ObjectNode server = server("relayed", cluster().readerToken().secret(), 3);
      server.putArray("urls").add(relay.url().toString());
      server.putObject("nodeAddresses").put(cluster().nodes().getFirst(), relay.url().toString());
      inventory(server);
      try (AgentProcess agent = new AgentProcess(folder, writing(), "run")) {
        until("a poll", () -> rows("success") >= 1);
        Instant held = Instant.now();
        relay.hold();
        relay.awaitCaught();
        agent.terminate();
        until("it has heard", () -> agent.err().contains("Stopping"));
        relay.release();

        assertThat(agent.awaitEnd()).isLessThan(LONGEST_END);
        assertThat(agent.err()).contains("Stopped").doesNotContain("lost");
        until(
            "the row of the poll that was under way",
            () -> rows("success AND ts > dateadd('s', -3, '" + held + "')") >= 1);
      }
    }
  }

  @Test
  void questDbThatHangs_keepsTheAgentUnreadyAndDoesNotKeepItFromEnding() throws Exception {
    inventory(server("lab", cluster().readerToken().secret(), 1));
    // Connections are taken by the system, and nobody answers.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = environment();
      environment.put("QUESTDB_URL", "http://127.0.0.1:" + silent.getLocalPort());
      try (AgentProcess agent = new AgentProcess(folder, environment, "run")) {
        until("polled", () -> agent.get("/state").body().contains("\"up\""));
        assertThat(agent.get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(agent.get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(agent.get("/health").statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(agent.get("/health").body()).path("status").asText())
            .isEqualTo("DOWN");

        agent.terminate();

        assertThat(agent.awaitEnd()).isLessThan(LONGEST_END);
        assertThat(agent.err()).contains("Stopped");
      }
    }
  }

  @Test
  void takenPort_isToldInALineAndEndsWith1() throws Exception {
    inventory(server("lab", cluster().readerToken().secret(), 1));
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = writing();
      environment.put("MUSTER_MANAGEMENT_PORT", String.valueOf(taken.getLocalPort()));
      try (AgentProcess agent = new AgentProcess(folder, environment, "run")) {
        assertThat(agent.exitCode()).isEqualTo(1);
        assertThat(agent.err())
            .contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
            .contains("Set MUSTER_MANAGEMENT_PORT to a free port")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void secondAgentInOneDataFolder_isToldWhoHasItAndEndsWith1() throws Exception {
    inventory(server("lab", cluster().readerToken().secret(), 1));
    Map<String, String> environment = writing();
    environment.put("MUSTER_DATA", folder.resolve("data").toString());
    environment.put("MUSTER_CONFIG", folder.resolve("infrastructure_config.json").toString());
    try (AgentProcess agent = new AgentProcess(folder, environment, "run")) {
      agent.awaitManagement();
      try (AgentProcess other =
          new AgentProcess(Files.createDirectory(folder.resolve("other")), environment, "run")) {
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err())
            .contains("Another agent (pid " + agent.pid() + ") uses the data folder")
            .contains("MUSTER_DATA")
            .doesNotContain("\tat ");
      }
      assertThat(agent.get("/health/liveness").statusCode()).isEqualTo(200);
    }
    try (AgentProcess after = new AgentProcess(folder.resolve("other"), environment, "run")) {
      assertThat(after.awaitManagement()).as("when the first one was killed").isNotNull();
    }
  }

  @Test
  void wrongLogSettings_areToldWithEverythingElseThatIsWrong() throws Exception {
    Files.writeString(
        folder.resolve("application.yml"), "MUSTER_LOG_FORMAT: xml\nMUSTER_SIET: attic\n");
    try (AgentProcess agent =
        new AgentProcess(folder, Map.of("LOG_LEVEL", "loud", "ENABLE_DEV_TOOLS", "maybe"))) {
      assertThat(agent.exitCode()).isEqualTo(2);
      assertThat(agent.err().lines())
          .containsExactlyInAnyOrder(
              "The configuration can't be used:",
              "  environment: ENABLE_DEV_TOOLS: found 'maybe', expected true or false",
              "  environment: LOG_LEVEL: found 'loud', expected one of error, warn, info, debug,"
                  + " trace",
              "  application.yml: MUSTER_LOG_FORMAT: found 'xml', expected one of plain, json",
              "  application.yml: MUSTER_SIET: found an unknown key, expected a known one; did you"
                  + " mean 'MUSTER_SITE'?");
    }
  }

  private static SimulatedProxmox cluster() {
    return Objects.requireNonNull(simulator);
  }

  private static QuestDbProcess database() {
    return Objects.requireNonNull(questDb);
  }

  private static long rows(String condition) throws IOException {
    return JSON.readTree(
            database()
                .execute(
                    "SELECT count() FROM connection_metrics WHERE server = 'relayed' AND "
                        + condition))
        .path("dataset")
        .path(0)
        .path(0)
        .asLong();
  }

  private static Map<String, String> environment() {
    return new HashMap<>(Map.of("MUSTER_MANAGEMENT_PORT", "0"));
  }

  private static Map<String, String> writing() {
    Map<String, String> environment = environment();
    environment.put("QUESTDB_URL", database().httpUrl().toString());
    environment.put("QUESTDB_USER", database().user());
    environment.put("QUESTDB_PASSWORD", database().password().reveal());
    return environment;
  }

  private static ObjectNode server(String name, String secret, int intervalSeconds) {
    ObjectNode server = JSON.createObjectNode();
    server.put("name", name).put("provider", "proxmox").put("intervalSeconds", intervalSeconds);
    ArrayNode urls = server.putArray("urls");
    cluster().urls().forEach(url -> urls.add(url.toString()));
    server.put("tokenId", cluster().readerToken().id()).put("tokenSecret", secret);
    return server.put("caCert", cluster().authorityPem());
  }

  private static ObjectNode k8s() {
    return JSON.createObjectNode()
        .put("name", "k8s")
        .put("provider", "kubernetes")
        .put("url", "https://127.0.0.1:6443")
        .put("token", OTHER_SECRET);
  }

  private void inventory(ObjectNode... servers) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("servers").addAll(List.of(servers));
    Files.writeString(folder.resolve("infrastructure_config.json"), JSON.writeValueAsString(root));
  }
}
