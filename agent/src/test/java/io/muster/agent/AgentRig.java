package io.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.settings.AgentSettings;
import io.muster.cli.local.QuestDbProcess;
import io.muster.settings.Variables;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** A simulated cluster and the agent that polls it every second into a QuestDB. */
final class AgentRig implements AutoCloseable {
  /** Far more than anything takes, so that only what never comes fails. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final ObjectMapper JSON = new ObjectMapper();

  final SimulatedProxmox simulator;
  final Path file;
  final UUID serverId = UUID.randomUUID();
  private final QuestDbProcess questDb;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Agent agent;

  AgentRig(Path folder, QuestDbProcess questDb) throws IOException {
    this.questDb = questDb;
    simulator =
        SimulatedProxmox.start(
            ProxmoxSettings.forTests("9.2", 3)
                .guests(8)
                .tune(world ->
                    world
                        .samplePeriod(Duration.ofSeconds(1))
                        .bootTime(Duration.ofMillis(500))
                        .history(Duration.ofMinutes(1)))
                .build());
    file = folder.resolve("infrastructure_config.json");
    Files.writeString(file, inventory());
    Map<String, String> environment =
        Map.of(
            "MUSTER_SITE",
            "rig-" + serverId,
            "MUSTER_DATA",
            folder.resolve("data").toString(),
            "MUSTER_CONFIG",
            file.toString(),
            "MUSTER_MANAGEMENT_PORT",
            "0",
            "QUESTDB_URL",
            questDb.httpUrl().toString(),
            "QUESTDB_USER",
            questDb.user(),
            "QUESTDB_PASSWORD",
            questDb.password().reveal());
    Variables variables = Variables.of(environment);
    AgentSettings settings = AgentSettings.read(variables);
    agent =
        Agent.start(
            settings,
            FileInventorySource.open(settings.site(), settings.inventoryFile(), folder, variables));
  }

  String inventory() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode server = root.putArray("servers").addObject();
    server.put("id", serverId.toString()).put("name", "lab").put("provider", "proxmox");
    ArrayNode urls = server.putArray("urls");
    simulator.urls().forEach(url -> urls.add(url.toString()));
    server.put("tokenId", simulator.readerToken().id());
    server.put("tokenSecret", simulator.readerToken().secret());
    server.put("caCert", simulator.authorityPem());
    server.put("intervalSeconds", 1);
    return JSON.writeValueAsString(root);
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(agent.managementUrl() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  JsonNode state() throws IOException, InterruptedException {
    return JSON.readTree(get("/state"));
  }

  /** The first cell of the first row as a number; 0 when there is none. */
  long number(String sql) throws IOException {
    return JSON.readTree(questDb.execute(sql.formatted("server_id = '" + serverId + "'")))
        .path("dataset")
        .path(0)
        .path(0)
        .asLong();
  }

  /** Waits until {@code condition} is true; whatever it throws means not yet. */
  static void until(String what, Callable<Boolean> condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    Exception last = null;
    while (Instant.now().isBefore(end)) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Not within " + PATIENCE + ": " + what, last);
  }

  void closeAgent() {
    agent.close();
  }

  @Override
  public void close() {
    agent.close();
    simulator.close();
    http.close();
  }
}
