package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.VmState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to machines. */
class ActingTest {
  @SuppressWarnings("NullAway.Init")
  private SimulatedOpenStack cloud;

  @SuppressWarnings("NullAway.Init")
  private CloudClient admin;

  @SuppressWarnings("NullAway.Init")
  private CloudClient member;

  @BeforeEach
  void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 24).build());
    admin = CloudClient.admin(cloud);
    member = CloudClient.member(cloud);
  }

  @AfterEach
  void stop() {
    admin.close();
    member.close();
    cloud.close();
  }

  private String active() {
    String project = cloud.world().cloud().projects().get(1).id();
    return cloud.world().cloud().living().stream()
        .filter(machine -> machine.state().vm() == VmState.ACTIVE)
        .filter(machine -> machine.spec().project().equals(project))
        .map(Instance::id)
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"os-stop\": null}; SHUTOFF; {\"os-start\": null}",
        "{\"pause\": null}; PAUSED; {\"unpause\": null}",
        "{\"suspend\": null}; SUSPENDED; {\"resume\": null}",
        "{\"shelve\": null}; SHELVED_OFFLOADED; {\"unshelve\": null}",
        "{\"rescue\": {}}; RESCUE; {\"unrescue\": null}",
        "{\"resize\": {\"flavorRef\": \"3\"}}; VERIFY_RESIZE; {\"confirmResize\": null}",
        "{\"reboot\": {\"type\": \"SOFT\"}}; ACTIVE; {\"reboot\": {\"type\": \"HARD\"}}"
      })
  void action_endsInItsStatusAndBack(String there, String status, String back) {
    String id = active();

    assertThat(member.act(id, there).status()).isIn(200, 202);
    member.awaitStatus(id, status);
    assertThat(member.act(id, back).status()).isIn(202, 204);
    member.awaitStatus(id, "ACTIVE");
  }

  @Test
  void action_thatDoesNotFit_saysTheStateInNovasWords() {
    String id = active();
    assertThat(member.act(id, "{\"os-start\": null}").json().toString())
        .isEqualTo(
            "{\"conflictingRequest\":{\"code\":409,\"message\":\"Cannot 'start' instance "
                + id
                + " while it is in vm_state active\"}}");
    assertThat(member.act(id, "{\"fly\": null}").json().toString())
        .contains("There is no such action: fly");
    assertThat(member.act(id, "{\"os-stop\": null, \"os-start\": null}").json().toString())
        .contains("Malformed request body");
    assertThat(member.act("00000000-0000-0000-0000-000000000000", "{\"os-stop\": null}").status())
        .isEqualTo(404);
  }

  @Test
  void lock_holdsForItsOwnerToo() {
    String id = active();
    assertThat(admin.act(id, "{\"lock\": null}").status()).isEqualTo(202);
    assertThat(member.act(id, "{\"os-stop\": null}").json().toString())
        .contains("Instance " + id + " is locked");
    assertThat(member.act(id, "{\"unlock\": null}").status()).isEqualTo(403);
    assertThat(admin.act(id, "{\"os-stop\": null}").status()).isEqualTo(202);
  }

  @Test
  void reader_mayStopServers_asZedLetsHim() {
    String project = cloud.world().cloud().projects().get(1).id();
    try (CloudClient reader = CloudClient.of(cloud, cloud.accounts().reader(), project)) {
      assertThat(reader.act(active(), "{\"os-stop\": null}").status()).isEqualTo(202);
    }
  }

  @Test
  void action_isInTheListOfActionsWithItsEvent() {
    String id = active();
    CloudClient.Answer answer = member.act(id, "{\"os-stop\": null}");
    member.awaitStatus(id, "SHUTOFF");

    String path = "/compute/v2.1/servers/" + id + "/os-instance-actions";
    JsonNode newest = admin.get(path).json().at("/instanceActions/0");
    assertThat(newest.path("action").asText()).isEqualTo("stop");
    assertThat(newest.path("request_id").asText())
        .isEqualTo(answer.header("x-openstack-request-id"));
    JsonNode event =
        admin
            .get(path + "/" + newest.path("request_id").asText())
            .json()
            .at("/instanceAction/events/0");
    assertThat(event.path("event").asText()).isEqualTo("compute_stop_instance");
    assertThat(event.path("result").asText()).isEqualTo("Success");
  }

  @Test
  void createdServer_isBuiltThenActive_andDeletedOnesAreInChangesSince() {
    String image = cloud.world().cloud().images().iterator().next().id();
    Instant before = Instant.now().minusSeconds(1);
    CloudClient.Answer created =
        member.post(
            "/compute/v2.1/servers",
            "{\"server\": {\"name\": \"fresh\", \"imageRef\": \""
                + image
                + "\", \"flavorRef\": \"1\"}}");
    assertThat(created.status()).isEqualTo(202);
    assertThat(created.json().at("/server/adminPass").asText()).hasSize(12);
    String id = created.json().at("/server/id").asText();
    member.awaitStatus(id, "ACTIVE");

    assertThat(member.send("DELETE", "/compute/v2.1/servers/" + id, "", Map.of()).status())
        .isEqualTo(204);
    Eventually.holds(
        () -> assertThat(member.get("/compute/v2.1/servers/" + id).status()).isEqualTo(404));

    List<String> statuses = new ArrayList<>();
    member
        .get("/compute/v2.1/servers/detail?changes-since=" + before)
        .json()
        .path("servers")
        .forEach(server -> statuses.add(server.path("status").asText()));
    assertThat(statuses).containsExactly("DELETED");
  }

  @Test
  void createImage_namesTheImageWhereTheMicroversionSaysIt() {
    String id = active();
    CloudClient.Answer old = member.act(id, "{\"createImage\": {\"name\": \"one\"}}");
    assertThat(old.status()).isEqualTo(202);
    assertThat(old.header("Location")).contains("/image/images/");
    member.awaitStatus(id, "ACTIVE");
    CloudClient.Answer late =
        member.send(
            "POST",
            "/compute/v2.1/servers/" + id + "/action",
            "{\"createImage\": {\"name\": \"two\"}}",
            Map.of("X-OpenStack-Nova-API-Version", "2.45"));
    String image = late.json().path("image_id").asText();
    member.awaitStatus(id, "ACTIVE");
    assertThat(member.get("/image/v2/images/" + image).json().path("name").asText())
        .isEqualTo("two");
  }

  @Test
  void console_isAnActionBefore26AndAResourceAfter() {
    String id = active();
    assertThat(
            member
                .act(id, "{\"os-getVNCConsole\": {\"type\": \"novnc\"}}")
                .json()
                .at("/console/url")
                .asText())
        .contains("token%3D");
    Map<String, String> late = Map.of("X-OpenStack-Nova-API-Version", "2.6");
    String path = "/compute/v2.1/servers/" + id;
    assertThat(
            member
                .send(
                    "POST", path + "/action", "{\"os-getVNCConsole\": {\"type\": \"novnc\"}}", late)
                .status())
        .isEqualTo(404);
    assertThat(
            member
                .send(
                    "POST",
                    path + "/remote-consoles",
                    "{\"remote_console\": {\"protocol\": \"vnc\", \"type\": \"novnc\"}}",
                    late)
                .json()
                .at("/remote_console/url")
                .asText())
        .contains("token%3D");
  }

  @Test
  void quota_refusesWhatIsTooMuch() {
    String image = cloud.world().cloud().images().iterator().next().id();
    CloudClient.Answer answer =
        member.post(
            "/compute/v2.1/servers",
            "{\"server\": {\"name\": \"huge\", \"imageRef\": \""
                + image
                + "\", \"flavorRef\": \"9\"}}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().at("/forbidden/message").asText())
        .startsWith("Quota exceeded for cores, ram: Requested 5000, 9000000");
  }
}
