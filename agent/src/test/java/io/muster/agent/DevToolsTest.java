package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.settings.AgentSettings;
import io.muster.protocol.ProviderKind;
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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private @TempDir Path folder = Path.of("");

  @Test
  void devTools_showTheNewestCallsAndASampleOfEachKind() throws Exception {
    try (SimulatedProxmox cluster =
            SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 2).guests(6).build());
        Agent agent = start(cluster, Map.of("ENABLE_DEV_TOOLS", "true"))) {
      AgentRig.until(
          "calls of several polls",
          () -> JSON.readTree(get(agent, "/dev/calls").body()).size() > 20);

      JsonNode calls = JSON.readTree(get(agent, "/dev/calls").body());
      assertThat(calls).hasSizeLessThanOrEqualTo(200);
      assertThat(calls).extracting(call -> call.path("server").asText()).containsOnly("lab");
      assertThat(calls)
          .extracting(call -> call.path("path").asText())
          .anySatisfy(path -> assertThat(path).startsWith("/api2/json/cluster/resources"))
          .anySatisfy(path -> assertThat(path).contains("/cluster/metrics/export?local-only=1"));
      assertThat(calls)
          .filteredOn(call -> call.path("status").asInt() == 200)
          .isNotEmpty()
          .allSatisfy(call -> {
            assertThat(call.path("bytes").asLong()).isPositive();
            assertThat(call.path("ms").asDouble()).isPositive();
            assertThat(call.path("failure").isNull()).isTrue();
          });
      assertThat(calls)
          .extracting(call -> call.path("at").asText())
          .as("the newest first, as they ended")
          .first()
          .satisfies(first ->
              assertThat(first).isGreaterThan(calls.path(calls.size() - 1).path("at").asText()));

      AgentRig.until(
          "a sample of the guests",
          () -> !sample(agent, "/cluster/resources").path("data").isEmpty());
      JsonNode reference = JSON.readTree(get(agent, "/dev/api-reference").body());
      assertThat(reference)
          .hasSameSizeAs(Drivers.reference(ProviderKind.PROXMOX).orElseThrow().calls())
          .allSatisfy(call -> {
            assertThat(call.path("purpose").asText()).isNotBlank();
            assertThat(call.path("privilege").asText()).isNotBlank();
            assertThat(call.path("period").asText()).matches("every poll|\\d+ s");
          });
      assertThat(sample(agent, "/cluster/resources").path("data"))
          .hasSizeLessThanOrEqualTo(10)
          .extracting(row -> row.path("type").asText())
          .contains("node", "qemu", "storage");
      AgentRig.until(
          "a sample of the export, whose end is not kept",
          () -> sample(agent, "/cluster/metrics/export").path("data").path("data").size() >= 2);
      assertThat(reference.toString() + calls)
          .doesNotContain(cluster.readerToken().secret(), "PVEAPIToken");
      assertThat(reference.toString()).doesNotContain("pve1");
    }
  }

  @Test
  void devTools_areNotThereUnlessAskedFor() throws Exception {
    try (SimulatedProxmox cluster =
            SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 1).guests(1).build());
        Agent agent = start(cluster, Map.of())) {
      assertThat(get(agent, "/dev/calls").statusCode()).isEqualTo(404);
      assertThat(get(agent, "/dev/api-reference").statusCode()).isEqualTo(404);
      assertThat(get(agent, "/state").statusCode()).isEqualTo(200);
    }
  }

  private JsonNode sample(Agent agent, String path) throws Exception {
    for (JsonNode call : JSON.readTree(get(agent, "/dev/api-reference").body())) {
      if (call.path("path").asText().equals(path)) {
        return call.path("sample");
      }
    }
    throw new AssertionError("No such call: " + path);
  }

  private HttpResponse<String> get(Agent agent, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(agent.managementUrl() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private Agent start(SimulatedProxmox cluster, Map<String, String> more) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode server = root.putArray("servers").addObject();
    server.put("name", "lab").put("intervalSeconds", 1);
    server.put("url", cluster.urls().getFirst().toString());
    server.put("tokenId", cluster.readerToken().id());
    server.put("tokenSecret", cluster.readerToken().secret());
    server.put("caCert", cluster.authorityPem());
    Path file = folder.resolve("infrastructure_config.json");
    Files.writeString(file, JSON.writeValueAsString(root));
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MUSTER_DATA", folder.resolve("data").toString());
    environment.put("MUSTER_CONFIG", file.toString());
    environment.put("MUSTER_MANAGEMENT_PORT", "0");
    // Nothing listens there: polling goes on all the same.
    environment.put("QUESTDB_URL", "http://127.0.0.1:1");
    Variables variables = Variables.of(environment);
    AgentSettings settings = AgentSettings.read(variables);
    return Agent.start(
        settings,
        FileInventorySource.open(settings.site(), settings.inventoryFile(), folder, variables));
  }
}
