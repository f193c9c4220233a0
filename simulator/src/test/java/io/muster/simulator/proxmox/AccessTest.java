package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.access.Authenticator;
import io.muster.simulator.proxmox.access.Grant;
import io.muster.simulator.proxmox.access.User;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may log in, and what is seen with which rights. */
class AccessTest {
  private static final ApiToken BARE =
      new ApiToken("kim@pve", "bare", "55555555-5555-4555-8555-555555555555", true, 0, "");
  private static final ApiToken WHOLE =
      new ApiToken("kim@pve", "whole", "66666666-6666-4666-8666-666666666666", false, 0, "");
  private static final ApiToken ONE_GUEST =
      new ApiToken("kim@pve", "one", "77777777-7777-4777-8777-777777777777", true, 0, "");
  private static final String PASSWORD = "kims-own";

  @SuppressWarnings("NullAway.Init")
  private static SimulatedProxmox cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 2).guests(8).build());
    AccessControl access = cluster.access();
    access.add(User.of("kim@pve", PASSWORD));
    access.add(new Grant("/", "kim@pve", "PVEAuditor", true));
    access.add(BARE);
    access.add(WHOLE);
    access.add(ONE_GUEST);
    access.add(new Grant("/vms/" + anyGuest(), ONE_GUEST.id(), "PVEAdmin", true));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static int anyGuest() {
    return cluster.world().state().guests().getFirst().vmid();
  }

  private static WireAnswer get(String path, ApiToken token) throws IOException {
    return WireClient.once(cluster, "GET", "/api2/json" + path, token.authorization());
  }

  private static long rows(JsonNode resources, String type) {
    return resources.findValuesAsText("type").stream().filter(type::equals).count();
  }

  @Test
  void ticketInACookie_mayBeEscapedOrAsItIs() {
    String ticket = "PVE:kim@pve:68E7B0D6::a+b/c==";
    for (String sent : List.of(ticket, URLEncoder.encode(ticket, StandardCharsets.UTF_8))) {
      assertThat(Authenticator.credentials("PVEAuthCookie=" + sent, null, null).ticket())
          .isEqualTo(ticket);
    }
  }

  @Test
  void tokenWithoutGrantsOfItsOwn_seesBareNodeRowsOnly() throws IOException {
    JsonNode rows = get("/cluster/resources", BARE).data();

    assertThat(rows).hasSize(2);
    for (JsonNode row : rows) {
      assertThat(row.properties().stream().map(member -> member.getKey()))
          .containsExactlyInAnyOrder("id", "type", "node", "status", "level", "cgroup-mode");
    }
  }

  @Test
  void tokenWithoutSeparation_seesWhatItsUserSees() throws IOException {
    JsonNode rows = get("/cluster/resources", WHOLE).data();

    assertThat(rows(rows, "qemu") + rows(rows, "lxc")).isEqualTo(8);
    assertThat(rows(rows, "node")).isEqualTo(2);
  }

  @Test
  void separatedToken_hasNoMoreThanItsUser() throws IOException {
    JsonNode rows = get("/cluster/resources", ONE_GUEST).data();
    String path = "/vms/" + anyGuest();
    JsonNode held = get("/access/permissions?path=" + path, ONE_GUEST).data().path(path);

    assertThat(rows(rows, "qemu") + rows(rows, "lxc")).isOne();
    assertThat(held.has("VM.Audit")).isTrue();
    assertThat(held.has("VM.PowerMgmt")).isFalse();
  }

  @Test
  void permissionsWithoutPath_areTheTree() throws IOException {
    JsonNode tree = get("/access/permissions", cluster.readerToken()).data();

    assertThat(tree.path("/").path("Sys.Audit").asInt()).isOne();
    assertThat(tree.path("/").path("VM.GuestAgent.Audit").asInt()).isOne();
    assertThat(tree.path("/").has("VM.Monitor")).isFalse();
    assertThat(get("/access/permissions", BARE).data()).isEmpty();
  }

  @Test
  void badTokens_areAll401WithOneText() throws IOException {
    for (String authorization :
        List.of(
            "PVEAPIToken=" + BARE.id() + "=wrong",
            "PVEAPIToken=kim@pve!nobody=" + BARE.secret(),
            "PVEAPIToken=nobody@pve!bare=" + BARE.secret(),
            "PVEAPIToken=garbage")) {
      WireAnswer answer = WireClient.once(cluster, "GET", "/api2/json/version", authorization);

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.reason()).isEqualTo("Authentication failed!");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void tokenHeader_isCaseSensitiveAndTakesABlank() throws IOException {
    String text = BARE.authorization();

    assertThat(
            WireClient.once(
                    cluster,
                    "GET",
                    "/api2/json/version",
                    text.replace("PVEAPIToken", "pveapitoken"))
                .reason())
        .isEqualTo("No ticket");
    assertThat(
            WireClient.once(
                    cluster,
                    "GET",
                    "/api2/json/version",
                    text.replace("PVEAPIToken=", "PVEAPIToken "))
                .status())
        .isEqualTo(200);
  }

  @Test
  void expiredToken_is401() throws IOException {
    ApiToken token =
        new ApiToken("kim@pve", "short", "88888888-8888-4888-8888-888888888888", false, 0, "");
    cluster.access().add(token);
    assertThat(get("/version", token).status()).isEqualTo(200);

    cluster.access().expire(token.id(), Instant.now().getEpochSecond() - 1);

    assertThat(get("/version", token).status()).isEqualTo(401);
  }

  @Test
  void ownExpiry_isReadThroughTheUserNotTheToken() throws IOException {
    ApiToken reader = cluster.readerToken();

    assertThat(get("/access/users/" + reader.user() + "/token/" + reader.name(), reader).reason())
        .startsWith("Permission check failed");
    JsonNode tokens = get("/access/users/" + reader.user(), reader).data().path("tokens");
    assertThat(tokens.path(reader.name()).path("expire").asLong(-1)).isZero();
    assertThat(tokens.path(reader.name()).path("privsep").asInt()).isOne();
  }

  @Test
  void ticket_readsWithCookieAndWritesWithTheSecondToken() throws IOException {
    JsonNode login = logIn(PASSWORD).data();
    String cookie = "Cookie: PVEAuthCookie=" + encode(login.path("ticket").asText());
    String target = "/api2/json/nodes/pve1/qemu/" + anyGuest() + "/status/start";
    try (WireClient client = WireClient.connect(cluster, "pve1")) {
      assertThat(client.request("GET", "/api2/json/version", List.of(cookie), "").status())
          .isEqualTo(200);
      WireAnswer forged = client.request("POST", target, List.of(cookie), "");
      assertThat(forged.status()).isEqualTo(401);
      assertThat(forged.reason()).isEqualTo("Permission denied - invalid csrf token");
    }
    try (WireClient client = WireClient.connect(cluster, "pve1")) {
      String token = "CSRFPreventionToken: " + login.path("CSRFPreventionToken").asText();
      assertThat(client.request("POST", target, List.of(cookie, token), "").status())
          .isEqualTo(403);
    }
    assertThat(logIn(login.path("ticket").asText()).status()).as("renewal").isEqualTo(200);
  }

  @Test
  void wrongPassword_is401WithABody() throws IOException {
    WireAnswer answer = logIn("wrong");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.reason()).isEqualTo("authentication failure");
    assertThat(answer.json().path("message").asText()).isEqualTo("authentication failure\n");
  }

  @Test
  void unauthorized_comesThreeSecondsLate() throws IOException {
    try (SimulatedProxmox real =
        SimulatedProxmox.start(ProxmoxSettings.real("8.4", 1).guests(0).build())) {
      Instant sent = Instant.now();
      WireAnswer answer = WireClient.once(real, "GET", "/api2/json/version", "nothing");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(Duration.between(sent, Instant.now()))
          .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
    }
  }

  @Test
  void olderServers_sayLessInJsonAndMoreIn401() throws IOException {
    ProxmoxSettings.Builder settings = ProxmoxSettings.forTests("8.4", 1).guests(0);
    ProxmoxSettings built = settings.build();
    try (SimulatedProxmox older =
        SimulatedProxmox.start(
            settings
                .detailedUnauthorizedTexts(true)
                .http(built.http().withErrorTexts(false))
                .build())) {
      ApiToken token = older.readerToken();
      WireAnswer refused =
          WireClient.once(
              older, "GET", "/api2/json/version", "PVEAPIToken=" + token.id() + "=wrong");
      WireAnswer failed =
          WireClient.once(older, "GET", "/api2/json/no/such", token.authorization());

      assertThat(refused.reason()).isEqualTo("invalid token value!");
      assertThat(failed.body()).isEqualTo("{\"data\":null}");
    }
  }

  @Test
  void roleOfAnotherRelease_isRefused() {
    assertThatThrownBy(() -> cluster.access().add(new Grant("/", "kim@pve", "VM.Monitor", true)))
        .hasMessage("role 'VM.Monitor' does not exist");
  }

  private static WireAnswer logIn(String password) throws IOException {
    try (WireClient client = WireClient.connect(cluster, "pve1")) {
      return client.request(
          "POST",
          "/api2/json/access/ticket",
          List.of(),
          "username=kim@pve&password=" + encode(password));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
