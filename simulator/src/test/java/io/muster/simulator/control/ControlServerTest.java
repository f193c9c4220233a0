package io.muster.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.ProxmoxVerbs;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The control endpoint over a simulated Proxmox VE. */
class ControlServerTest {
  @SuppressWarnings("NullAway.Init")
  private static SimulatedProxmox cluster;

  @SuppressWarnings("NullAway.Init")
  private static ControlServer control;

  @SuppressWarnings("NullAway.Init")
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    cluster = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 2).guests(6).build());
    control = ControlServer.start(0, ProxmoxVerbs.of(cluster));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    control.close();
    cluster.close();
  }

  private static HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(control.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void state_tellsNodesAndGuests() throws IOException, InterruptedException {
    JsonNode state = json(send("GET", "/state"));

    assertThat(state.path("nodes").findValuesAsText("name")).containsExactly("pve1", "pve2");
    assertThat(state.path("guests")).isNotEmpty();
  }

  @Test
  void stoppedNode_isDownInTheState() throws IOException, InterruptedException {
    assertThat(send("POST", "/nodes/pve2/stop").statusCode()).isEqualTo(200);
    assertThat(json(send("GET", "/state")).path("nodes").path(1).path("up").asBoolean(true))
        .isFalse();
    assertThat(send("POST", "/nodes/pve2/start").statusCode()).isEqualTo(200);
  }

  @Test
  void deletedGuest_isGone() throws IOException, InterruptedException {
    int vmid = cluster.world().state().guests().getLast().vmid();

    assertThat(send("DELETE", "/guests/" + vmid).body()).isEqualTo("{\"done\":true}");
    assertThat(cluster.world().state().guests()).noneMatch(guest -> guest.vmid() == vmid);
    HttpResponse<String> again = send("DELETE", "/guests/" + vmid);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("no guest " + vmid);
  }

  @Test
  void unknownNode_isNamedWithThoseThatExist() throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", "/nodes/pve9/stop");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").asText())
        .isEqualTo("No node 'pve9': there are pve1, pve2");
  }

  @Test
  void produced_listsTheSecondsOfEachThing() throws IOException, InterruptedException {
    long now = cluster.world().state().timeSeconds();
    JsonNode produced = json(send("GET", "/produced?from=" + (now - 100) + "&to=" + now));

    assertThat(produced.path("node/pve1")).hasSizeBetween(9, 11);
    assertThat(produced.path("node/pve1").path(0).asLong()).isBetween(now - 99, now);
  }

  @Test
  void badNumber_isAnsweredWithWhatIsAllowed() throws IOException, InterruptedException {
    assertThat(json(send("GET", "/produced?from=yesterday&to=5")).path("error").asText())
        .isEqualTo("'from' is a whole number from 0 to 253402300799, not 'yesterday'");
    assertThat(json(send("GET", "/produced?from=9&to=5")).path("error").asText())
        .isEqualTo("'to' is a whole number from 9 to 253402300799, not '5'");
    assertThat(json(send("GET", "/produced?from=9")).path("error").asText())
        .isEqualTo("'to' is missing");
  }

  @Test
  void unknownVerb_listsWhatExists() throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", "/nodes/pve1/explode");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("error").asText())
        .isEqualTo("Nothing does 'POST /control/nodes/pve1/explode' here");
    assertThat(json(response).path("verbs").toString())
        .contains("POST /control/nodes/{node}/stop: cuts the node's power");
  }
}
