package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.VmState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on demand. */
class FaultsTest {
  private static final String DETAIL = "/compute/v2.1/servers/detail?all_tenants=1";

  @SuppressWarnings("NullAway.Init")
  private SimulatedOpenStack cloud;

  @SuppressWarnings("NullAway.Init")
  private CloudClient admin;

  @BeforeEach
  void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 12).build());
    admin = CloudClient.admin(cloud);
  }

  @AfterEach
  void stop() {
    admin.close();
    cloud.close();
  }

  @Test
  void status_befallsOneServiceSoManyTimes() {
    cloud.faults().add("status,status=500,service=compute,times=1");

    assertThat(admin.get("/image/v2/images").status()).isEqualTo(200);
    assertThat(admin.get(DETAIL).json().at("/computeFault/code").asInt()).isEqualTo(500);
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
  }

  @Test
  void slow_answersLaterAndAlike() {
    cloud.faults().add("slow,ms=300,service=compute,times=1");
    Instant before = Instant.now();

    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
    assertThat(Instant.now()).isAfterOrEqualTo(before.plusMillis(300));
  }

  @Test
  void hung_answersOnceTheFaultEnds() {
    cloud.faults().add("hung,service=compute,seconds=1");
    Instant before = Instant.now();

    assertThat(admin.get("/image/v2/images").status()).isEqualTo(200);
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
    assertThat(Instant.now()).isAfterOrEqualTo(before.plusMillis(900));
  }

  @Test
  void loginRefused_givesNoTokenButLeavesThoseThatAre() {
    long id = cloud.faults().add("login-refused");

    try (CloudClient other = new CloudClient(cloud)) {
      String project = cloud.world().cloud().projects().getFirst().id();
      String login = CloudClient.password(cloud.accounts().admin(), project);
      assertThat(other.login(login).status()).isEqualTo(401);
      assertThat(admin.get(DETAIL).status()).isEqualTo(200);
      cloud.faults().remove(id);
      assertThat(other.login(login).status()).isEqualTo(201);
    }
  }

  @Test
  void refused_closesThePortUntilItEnds() {
    long id = cloud.faults().add("refused");

    assertThatThrownBy(() -> admin.get(DETAIL)).isInstanceOf(AssertionError.class);
    cloud.faults().remove(id);
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
  }

  @Test
  void dropped_closesTheConnection() {
    long id = cloud.faults().add("dropped,path=^/compute/v2.1/servers/detail");

    assertThatThrownBy(() -> admin.get(DETAIL)).isInstanceOf(AssertionError.class);
    cloud.faults().remove(id);
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
  }

  @Test
  void tokenExpired_endsTheOldTokensOnly() {
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);

    cloud.faults().add("token-expired,user=admin");

    assertThat(admin.get(DETAIL).status()).isEqualTo(401);
    try (CloudClient again = CloudClient.admin(cloud)) {
      assertThat(again.get(DETAIL).status()).isEqualTo(200);
    }
  }

  @Test
  void missingService_isNotInTheCatalog() {
    cloud.faults().add("missing,service=volume");

    List<String> types = new ArrayList<>();
    admin
        .get("/identity/v3/auth/catalog")
        .json()
        .path("catalog")
        .forEach(service -> types.add(service.path("type").asText()));
    assertThat(types).hasSize(5).doesNotContain("volumev3");
  }

  @Test
  void neutronDown_costsTheDetailsOfServers() {
    long id = cloud.faults().add("down,service=network");

    assertThat(admin.get("/networking/v2.0/ports").status()).isEqualTo(503);
    assertThat(admin.get(DETAIL).json().at("/computeFault/message").asText())
        .contains("keystoneauth1.exceptions.connection.ConnectFailure");
    assertThat(admin.get("/compute/v2.1/servers?all_tenants=1").status()).isEqualTo(200);
    cloud.faults().remove(id);
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
  }

  @Test
  void keystoneDown_letsSeenTokensPass() {
    assertThat(admin.get(DETAIL).status()).isEqualTo(200);

    cloud.faults().add("down,service=identity");

    assertThat(admin.get(DETAIL).status()).isEqualTo(200);
    assertThat(admin.get("/placement/resource_providers").status()).isEqualTo(503);
    assertThat(admin.get("/image/v2/images").status()).isEqualTo(401);
  }

  @Test
  void hungCompute_isDownAfterAWhile_andDoesLaterWhatWasAsked() {
    Instance machine =
        cloud.world().cloud().living().stream()
            .filter(each -> each.state().vm() == VmState.ACTIVE)
            .findFirst()
            .orElseThrow();
    String host = String.valueOf(machine.state().host());

    long fault = cloud.faults().add("hung-compute,host=" + host);

    assertThat(admin.get("/compute/v2.1/os-hypervisors/detail", "2.88").status()).isEqualTo(500);
    Eventually.holds(() -> assertThat(stateOf(host)).isEqualTo("down"));
    assertThat(admin.get("/compute/v2.1/os-hypervisors/detail", "2.88").status()).isEqualTo(200);
    assertThat(admin.get("/compute/v2.1/servers/" + machine.id() + "/diagnostics").status())
        .isEqualTo(500);
    assertThat(admin.act(machine.id(), "{\"os-stop\": null}").status()).isEqualTo(202);
    JsonNode server = admin.server(machine.id());
    assertThat(server.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(server.path("OS-EXT-STS:task_state").asText()).isEqualTo("powering-off");
    cloud.faults().remove(fault);
    admin.awaitStatus(machine.id(), "SHUTOFF");
    assertThat(stateOf(host)).isEqualTo("up");
  }

  private String stateOf(String host) {
    return admin
        .get("/compute/v2.1/os-services?binary=nova-compute&host=" + host)
        .json()
        .at("/services/0/state")
        .asText();
  }

  @Test
  void stuckBuild_goesOnWhenTheFaultEnds() {
    long fault = cloud.faults().add("stuck-build");
    String image = cloud.world().cloud().images().iterator().next().id();
    String id =
        admin
            .post(
                "/compute/v2.1/servers",
                "{\"server\": {\"name\": \"slow\", \"imageRef\": \""
                    + image
                    + "\", \"flavorRef\": \"1\"}}")
            .json()
            .at("/server/id")
            .asText();
    Eventually.holds(() ->
        assertThat(admin.server(id).path("OS-EXT-STS:task_state").asText()).isEqualTo("spawning"));
    cloud.faults().remove(fault);
    admin.awaitStatus(id, "ACTIVE");
  }

  @Test
  void wrongWords_areRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> cloud.faults().add("down,service=swift"))
        .hasMessageContaining("choose from identity, compute");
    assertThatThrownBy(() -> cloud.faults().add("hung-compute,host=nowhere"))
        .hasMessageContaining("compute-01.cloud.example");
  }
}
