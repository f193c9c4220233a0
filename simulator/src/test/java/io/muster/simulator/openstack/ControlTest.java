package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.control.ControlServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the control endpoint does to a cloud and tells of it. */
class ControlTest {
  private static final String HOST = "compute-01.cloud.example";

  @SuppressWarnings("NullAway.Init")
  private SimulatedOpenStack cloud;

  @SuppressWarnings("NullAway.Init")
  private ControlServer control;

  @SuppressWarnings("NullAway.Init")
  private HttpClient http;

  @SuppressWarnings("NullAway.Init")
  private CloudClient admin;

  @BeforeEach
  void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 12).build());
    control = ControlServer.start(0, OpenStackVerbs.of(cloud));
    http = HttpClient.newHttpClient();
    admin = CloudClient.admin(cloud);
  }

  @AfterEach
  void stop() {
    admin.close();
    http.shutdownNow();
    http.close();
    control.close();
    cloud.close();
  }

  private JsonNode control(String method, String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(control.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return CloudClient.JSON.readTree(response.body());
  }

  @Test
  void host_hangsAndRecovers_asStateAndChangesTell() throws IOException, InterruptedException {
    Instant before = Instant.now();
    control("POST", "/hosts/" + HOST + "/hang");

    assertThat(control("GET", "/state").at("/hosts/0/hung").asBoolean()).isTrue();
    JsonNode newest = control("GET", "/changes?most=1").path(0);
    assertThat(newest.path("name").asText()).isEqualTo(HOST);
    assertThat(newest.path("status").asText()).isEqualTo("hung");
    assertThat(Instant.parse(newest.path("at").asText())).isBetween(before, Instant.now());
    control("POST", "/hosts/" + HOST + "/recover");
    assertThat(control("GET", "/state").at("/hosts/0/hung").asBoolean()).isFalse();
  }

  @Test
  void disabledHost_isDisabledWithItsReason() throws IOException, InterruptedException {
    control("POST", "/hosts/" + HOST + "/disable?reason=disks");

    String path = "/compute/v2.1/os-services?binary=nova-compute&host=" + HOST;
    JsonNode service = admin.get(path).json().at("/services/0");
    assertThat(service.path("status").asText()).isEqualTo("disabled");
    assertThat(service.path("disabled_reason").asText()).isEqualTo("disks");
    control("POST", "/hosts/" + HOST + "/enable");
    assertThat(admin.get(path).json().at("/services/0/status").asText()).isEqualTo("enabled");
  }

  @Test
  void machine_isBuiltBrokenAndDeleted() throws IOException, InterruptedException {
    String id = control("POST", "/servers?name=fresh").path("id").asText();
    admin.awaitStatus(id, "ACTIVE");

    control("POST", "/servers/fresh/fail?message=broken");
    assertThat(admin.server(id).path("status").asText()).isEqualTo("ERROR");
    assertThat(admin.server(id).at("/fault/message").asText()).isEqualTo("broken");
    control("POST", "/servers/" + id + "/delete");
    Eventually.holds(
        () -> assertThat(admin.get("/compute/v2.1/servers/" + id).status()).isEqualTo(404));
    assertThat(control("GET", "/changes?most=20").findValuesAsText("status"))
        .contains("BUILD", "ACTIVE", "ERROR", "DELETED");
  }

  @Test
  void statistics_countCallsByPath() throws IOException, InterruptedException {
    admin.get("/compute/v2.1/servers/detail");
    admin.get("/compute/v2.1/servers/detail?limit=1");
    admin.server("00000000-0000-0000-0000-000000000000");

    JsonNode calls = control("GET", "/statistics").path("calls");
    assertThat(calls.path("GET /compute/v2.1/servers/detail").asInt()).isEqualTo(2);
    assertThat(calls.path("GET /compute/v2.1/servers/{server}").asInt()).isEqualTo(1);
  }
}
