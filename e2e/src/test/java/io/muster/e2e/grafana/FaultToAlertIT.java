package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.ProcessSpec;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a fault to the rows that make a rule fire: simulator, agent and QuestDB as programs; Grafana
 * alone is missing, and its threshold is asked by {@link AlertRule#fires}.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class FaultToAlertIT {
  /** Programs start in 2–3 s each and polls come every 10 s; the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Shorter than the one that rules start with, so that nobody waits for it. */
  private static final double SECONDS_OFFLINE = 5;

  private final MusterQuestDb db;
  private final ManagedProcess simulator;
  private final ManagedProcess agent;
  private final JsonNode endpoints;

  FaultToAlertIT(@TempDir Path folder) throws Exception {
    db = MusterQuestDb.start(folder.resolve("database"));
    try (var seed = db.seed()) {
      var lab = new Lab(seed, Instant.now(), Map.of(), Map.of());
      lab.limit("node-offline", null, null, SECONDS_OFFLINE, true, Instant.now());
      seed.settle();
    }
    var file = folder.resolve("endpoints.json");
    simulator =
        ManagedProcess.start(simulator(Files.createDirectories(folder.resolve("sim")), file));
    Wait.until(
        PATIENCE, () -> "simulator: " + simulator.lastLogLines(20), () -> Files.exists(file));
    endpoints = new ObjectMapper().readTree(Files.readString(file));
    var home = Files.createDirectories(folder.resolve("agent"));
    agent = ManagedProcess.start(MusterQuestDb.agent(db.process(), home, inventory(home)));
  }

  @AfterAll
  void end() throws SQLException {
    agent.close();
    simulator.close();
    db.close();
  }

  @Test
  @Order(1)
  void healthyCluster_raisesNothing() {
    until("three nodes are judged", () -> excess("node-offline").size() == 3);
    until("VMs are judged", () -> !excess("vm-stopped").isEmpty());
    assertThat(firing("node-offline")).isEmpty();
    assertThat(firing("server-unreachable")).isEmpty();
    assertThat(firing("vm-stopped")).isEmpty();
    assertThat(firing("agent-silent")).isEmpty();
    assertThat(firing("questdb-suspended")).isEmpty();
  }

  @Test
  @Order(2)
  void nodeThatIsSwitchedOff_firesForItAlone_andItsVmsRaiseNothing() throws Exception {
    control("/nodes/pve2/stop");
    until("pve2 fires", () -> firing("node-offline").equals(List.of("pve2")));
    assertThat(excess("node-offline")).hasSize(3);
    assertThat(firing("vm-stopped")).isEmpty();
    assertThat(firing("server-unreachable")).isEmpty();
  }

  @Test
  @Order(3)
  void nodeThatIsBack_letsTheAlertGo() throws Exception {
    control("/nodes/pve2/start");
    var rule = rule("node-offline");
    until(
        "the alert lets go",
        () -> excess("node-offline").stream().noneMatch(node -> rule.fires(node.value(), true)));
    assertThat(rule.instances(db.reader(), "Measured"))
        .filteredOn(node -> node.label("node").equals("pve2"))
        .singleElement()
        .satisfies(node -> assertThat(node.value()).isZero());
  }

  private List<AlertRule.Instance> excess(String name) {
    try {
      return rule(name).instances(db.reader(), "Excess");
    } catch (SQLException refused) {
      throw new AssertionError(name + ": " + refused.getMessage(), refused);
    }
  }

  /** Nodes, or else servers, sites or tables. */
  private List<String> firing(String name) {
    var rule = rule(name);
    return excess(name).stream()
        .filter(instance -> rule.fires(instance.value(), false))
        .map(instance -> instance.labels().getOrDefault("node", instance.labels().toString()))
        .toList();
  }

  private static AlertRule rule(String name) {
    return AlertRule.all(Provisioned.ofCheckout()).stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void until(String fact, Callable<Boolean> isSo) {
    Wait.until(PATIENCE, () -> fact + "; the agent says: " + agent.lastLogLines(20), isSo);
  }

  private void control(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(endpoints.path("control").asText() + path))
            .POST(HttpRequest.BodyPublishers.noBody());
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private Path inventory(Path folder) throws IOException {
    var tree = new ObjectMapper().createObjectNode();
    var server = tree.putArray("servers").addObject();
    server.put("name", "lab").put("provider", "proxmox");
    server.set("urls", endpoints.path("urls"));
    server.set("tokenId", endpoints.path("readerToken").path("id"));
    server.set("tokenSecret", endpoints.path("readerToken").path("secret"));
    server.put("caCert", "file:" + endpoints.path("caFile").asText());
    var addresses = server.putObject("nodeAddresses");
    for (var node : endpoints.path("nodes")) {
      addresses.set(node.path("name").asText(), node.path("url"));
    }
    return Files.writeString(folder.resolve("servers.json"), tree.toString());
  }

  private static ProcessSpec simulator(Path folder, Path endpointsFile) {
    var jar = Provisioned.checkout().resolve("simulator/target/muster-simulator.jar");
    return new ProcessSpec(
        "the simulator",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-jar",
            jar.toString(),
            "proxmox",
            "--nodes",
            "3",
            "--guests",
            "9",
            "--port",
            "0",
            "--no-life",
            "--boot-seconds",
            "1",
            "--data",
            folder.resolve("data").toString(),
            "--endpoints-file",
            endpointsFile.toString()),
        Map.of(),
        List.of("MUSTER_", "QUESTDB_"),
        folder,
        folder.resolve("simulator.log"));
  }
}
