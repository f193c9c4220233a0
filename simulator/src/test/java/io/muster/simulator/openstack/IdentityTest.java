package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.access.Accounts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes in, and for how long. */
class IdentityTest {
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

  @SuppressWarnings("NullAway.Init")
  private SimulatedOpenStack cloud;

  @BeforeEach
  void start() throws IOException {
    cloud =
        SimulatedOpenStack.start(
            OpenStackSettings.forTests(2, 12)
                .clock(() -> Instant.now().plus(later.get()))
                .tokenLifetime(Duration.ofMinutes(30))
                .build());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private String memberProject() {
    return cloud.world().cloud().projects().get(1).id();
  }

  @Test
  void roots_offerVersionsToAnybody() {
    try (CloudClient client = new CloudClient(cloud)) {
      assertThat(client.get("/identity/").status()).isEqualTo(300);
      assertThat(client.get("/identity/v3").json().at("/version/id").asText()).isEqualTo("v3.14");
      assertThat(client.get("/image/").status()).isEqualTo(300);
      assertThat(client.get("/volume/").status()).isEqualTo(300);
      assertThat(client.get("/compute/").json().at("/versions/1/version").asText())
          .isEqualTo("2.93");
      assertThat(client.get("/placement/").json().at("/versions/0/max_version").asText())
          .isEqualTo("1.39");
      assertThat(client.get("/networking/").status()).isEqualTo(200);
    }
  }

  @Test
  void password_givesATokenWithCatalogAndImpliedRoles() {
    Accounts accounts = cloud.accounts();
    try (CloudClient client = new CloudClient(cloud)) {
      CloudClient.Answer answer =
          client.login(CloudClient.password(accounts.member(), memberProject()));

      assertThat(answer.status()).isEqualTo(201);
      JsonNode token = answer.json().path("token");
      List<String> roles = new ArrayList<>();
      token.path("roles").forEach(role -> roles.add(role.path("name").asText()));
      assertThat(roles).containsExactly("reader", "member");
      List<String> types = new ArrayList<>();
      token.path("catalog").forEach(service -> types.add(service.path("type").asText()));
      assertThat(types)
          .containsExactlyInAnyOrder(
              "identity", "compute", "placement", "image", "volumev3", "network");
      assertThat(token.path("expires_at").asText()).matches(".*T.*\\.000000Z");
      assertThat(client.get("/compute/v2.1/servers").status()).isEqualTo(200);
    }
  }

  @Test
  void applicationCredential_bringsItsProjectAndCannotBeRescoped() {
    try (CloudClient client = new CloudClient(cloud)) {
      CloudClient.Answer answer =
          client.login(CloudClient.credential(cloud.accounts().memberCredential()));

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.json().at("/token/project/id").asText()).isEqualTo(memberProject());
      assertThat(
              client
                  .login(
                      """
                      {"auth": {"identity": {"methods": ["token"], "token": {"id": "%s"}},
                        "scope": {"project": {"id": "%s"}}}}\
                      """
                          .formatted(answer.header("X-Subject-Token"), memberProject()))
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void whateverIsWrong_theAnswerIsTheSame401() {
    Accounts accounts = cloud.accounts();
    String good = CloudClient.password(accounts.member(), memberProject());
    try (CloudClient client = new CloudClient(cloud)) {
      for (String wrong :
          List.of(
              good.replace(accounts.member().password(), "wrong"),
              good.replace("\"demo\"", "\"nobody\""),
              good.replace("Default", "Other"),
              CloudClient.password(
                  accounts.member(), cloud.world().cloud().projects().get(2).id()))) {
        CloudClient.Answer answer = client.login(wrong);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().at("/error/message").asText())
            .isEqualTo("The request you have made requires authentication.");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Keystone uri=");
      }
      assertThat(client.login("{\"auth\": {}}").status()).isEqualTo(400);
    }
  }

  @Test
  void token_endsAfterItsLifetime() {
    try (CloudClient client = CloudClient.admin(cloud)) {
      assertThat(client.get("/compute/v2.1/servers").status()).isEqualTo(200);

      later.set(Duration.ofMinutes(31));

      assertThat(client.get("/compute/v2.1/servers").status()).isEqualTo(401);
      assertThat(client.get("/image/v2/images").json().path("code").asText())
          .isEqualTo("401 Unauthorized");
    }
  }

  @Test
  void revokedToken_isServedWhereItWasSeen() {
    try (CloudClient client = CloudClient.admin(cloud);
        CloudClient other = CloudClient.admin(cloud)) {
      assertThat(client.get("/compute/v2.1/servers").status()).isEqualTo(200);
      assertThat(
              client
                  .send(
                      "DELETE",
                      "/identity/v3/auth/tokens",
                      "",
                      Map.of("X-Subject-Token", client.token()))
                  .status())
          .isEqualTo(204);

      assertThat(client.get("/identity/v3/auth/projects").status()).isEqualTo(401);
      assertThat(client.get("/compute/v2.1/servers").status()).isEqualTo(200);
      assertThat(client.get("/image/v2/images").status()).isEqualTo(401);
      assertThat(other.get("/image/v2/images").status()).isEqualTo(200);
    }
  }

  @Test
  void member_isRefusedWhatIsTheAdministrators() {
    try (CloudClient client = CloudClient.member(cloud)) {
      assertThat(client.get("/identity/v3/projects").json().at("/error/message").asText())
          .isEqualTo(
              "You are not authorized to perform the requested action: identity:list_projects.");
      assertThat(client.get("/compute/v2.1/os-hypervisors/detail").json().toString())
          .isEqualTo(
              "{\"forbidden\":{\"code\":403,\"message\":\"Policy doesn't allow"
                  + " os_compute_api:os-hypervisors:list-detail to be performed.\"}}");
      assertThat(client.get("/compute/v2.1/servers/detail?all_tenants=1").status()).isEqualTo(403);
      assertThat(client.get("/placement/resource_providers").json().at("/errors/0/status").asInt())
          .isEqualTo(403);
    }
  }
}
