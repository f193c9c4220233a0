package io.muster.e2e.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Ports;
import io.muster.e2e.Program;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A remote site, whose agent has an address, a token and the door's certificate, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class LinkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Centre centre;
  private final FrontDoor door;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Program> agents = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private String login = "";
  private String token = "";
  private String tokenId = "";
  private String server = "";
  private @Nullable Program agent;

  LinkIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    centre = new Centre(Files.createDirectories(folder.resolve("centre")));
    door = new FrontDoor(folder.resolve("door"), URI.create(centre.url()), centre.questDb());
  }

  @BeforeAll
  void installSites() throws Exception {
    login =
        call("POST", "/login", Map.of("username", "admin", "password", Centre.FIRST_PASSWORD))
            .path("accessToken")
            .asText();
    secrets.addAll(List.of(login, Centre.FIRST_PASSWORD));
    for (String site : List.of("lab", "remote", "pinned")) {
      call("POST", "/sites", Map.of("name", site));
    }
    JsonNode remote = newToken("remote");
    token = remote.path("token").asText();
    tokenId = remote.path("id").asText();
    // The agent at the centre makes the tables; a remote one can write rows and nothing else.
    centre.startAgent(
        "MUSTER_URL=%s\nMUSTER_SITE=lab\nMUSTER_AGENT_TOKEN=%s"
            .formatted(centre.url(), newToken("lab").path("token").asText()));
    until("the tables are there", () -> count("agent_metrics", "site = 'lab'") > 0);
  }

  @AfterAll
  void end() throws IOException {
    for (Program one : agents) {
      one.close();
    }
    door.close();
    centre.close();
    http.close();
  }

  @Test
  @Order(1)
  void remoteSite_isPolledAndItsRowsGoTheSameWay() throws Exception {
    server = add("pve", centre.clusters().getFirst(), 1).path("id").asText();
    agent = startAgent("remote", token, door.authority().toString());

    until("rows come", () -> polls("success") > 2);
    until(
        "the API says so",
        () ->
            call("GET", "/servers/" + server, null)
                .path("connectionStatus")
                .asText()
                .equals("online"));
    assertThat(link("remote").path("connected").asBoolean()).isTrue();
    assertThat(count("vm_states", of(server))).isPositive();
  }

  @Test
  @Order(2)
  void connectionCutInTheMiddleOfAMessage_losesNoChange() throws Exception {
    door.cutInTheNextMessage();
    rename("pve renamed");

    until("the door has cut", door::hasCut);
    until("rows have the new name", () -> polls("server = 'pve renamed'") > 1);
    assertThat(count("server_states", of(server) + " AND state = 'removed'")).isZero();
  }

  @Test
  @Order(3)
  void everyChangeOfTheInventory_isInServerStates() throws Exception {
    String kept = server;
    // Polled every hour: what is seen soon is seen since the control API said so.
    server = add("pve second", centre.clusters().get(1), 3600).path("id").asText();
    follows("add", () -> latest("state").equals("active"));
    call("PATCH", "/servers/" + server, Map.of("tags", List.of("edited")));
    follows("edit", () -> latest("tags").contains("edited"));
    rename("pve again");
    follows("rename", () -> latest("server").equals("pve again"));
    call("PATCH", "/servers/" + server, Map.of("enabled", false));
    follows("disable", () -> latest("state").equals("disabled"));
    call("PATCH", "/servers/" + server, Map.of("enabled", true));
    follows("enable", () -> latest("state").equals("active"));
    call(
        "PUT",
        "/servers/" + server + "/maintenance",
        Map.of("until", Instant.now().plusSeconds(8).toString(), "reason", "disks"));
    follows("maintenance", () -> latest("state").equals("maintenance"));
    assertThat(latest("until")).isNotEmpty();
    until("which ends by itself", () -> latest("state").equals("active"));
    call("DELETE", "/servers/" + server, null);
    follows("delete", () -> latest("state").equals("removed"));
    server = kept;
  }

  /** Prints, and doesn't judge, how long it took from the API's answer to the row. */
  private void follows(String change, Callable<Boolean> isInTheRows) {
    long answered = System.nanoTime();
    until(change, isInTheRows);
    System.out.printf(
        "%s: in server_states after %d ms%n", change, (System.nanoTime() - answered) / 1_000_000);
  }

  private JsonNode add(String name, Centre.Simulated cluster, int intervalSeconds)
      throws Exception {
    String[] apiToken = cluster.token().split("=", 2);
    secrets.add(apiToken[1]);
    return call(
        "POST",
        "/servers",
        Map.of(
            "name",
            name,
            "site",
            "remote",
            "url",
            cluster.url().toString(),
            "tokenId",
            apiToken[0],
            "tokenSecret",
            apiToken[1],
            "verifyTls",
            false,
            "intervalSeconds",
            intervalSeconds));
  }

  @Test
  @Order(4)
  void serverAtAMetadataService_isNeverContacted() throws Exception {
    JsonNode answer =
        call(
            "POST",
            "/servers/test",
            Map.of(
                "name", "metadata",
                "site", "remote",
                "host", "169.254.169.254",
                "tokenId", "muster@pve!monitor",
                "tokenSecret", "11111111-2222-4333-8444-555555555555"));

    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(answer.path("error").asText()).contains("an address that no server may have");
  }

  @Test
  @Order(5)
  void secondAgent_isRefusedAndToldOfTheFirst() throws Exception {
    String first = Files.readString(folder.resolve("remote/data/agent-id")).strip();
    Program second = startAgent("second", token, door.authority().toString(), "remote");

    until("refused", () -> second.log().contains("has an agent already: " + first));
    assertThat(link("remote").path("connected").asBoolean()).isTrue();
    second.close();
  }

  @Test
  @Order(6)
  void agentKilledWhileTheControlApiIsAway_pollsOnFromWhatItKept() throws Exception {
    Program running = Objects.requireNonNull(agent);
    centre.stopControl();
    long before = polls("success");
    until("polled while it is away", () -> polls("success") > before + 2);
    running.kill();
    running.start();
    long atRestart = polls("success");
    until("polled after the restart", () -> polls("success") > atRestart + 2);
    assertThat(link("remote").path("connected").asBoolean()).isFalse();
    assertThat(running.log()).contains("1 servers from what the control API told last");

    centre.startControl();
    until("linked again", () -> link("remote").path("connected").asBoolean());
    assertThat(count("server_states", of(server) + " AND state = 'removed'")).isZero();
  }

  @Test
  @Order(7)
  void certificateOfAnotherAuthority_isRefused_andAPinIsEnough() throws Exception {
    Path other =
        FrontDoor.pem(
            FrontDoor.keys(folder.resolve("other.p12")).getCertificate("door"),
            folder.resolve("other.pem"));
    String own = newToken("pinned").path("token").asText();
    Program wrong = startAgent("wrong", own, other.toString(), "pinned");
    until("refused", () -> wrong.log().contains("is refused: the certificate is not trusted"));
    wrong.close();

    startAgent("pinned", own, door.fingerprint());
    until("linked", () -> link("pinned").path("connected").asBoolean());
    until("rows come", () -> count("agent_metrics", "site = 'pinned'") > 0);
  }

  @Test
  @Order(8)
  void revokedToken_endsTheLinkAndPollingGoesOn() throws Exception {
    call("DELETE", "/sites/name:remote/agent-tokens/" + tokenId, null);

    until("unlinked", () -> !link("remote").path("connected").asBoolean());
    until("refused", () -> link("remote").path("problem").asText().contains("401"));
    long before = polls("success");
    until("polled", () -> polls("success") > before + 1);
  }

  @Test
  @Order(9)
  void nothingThatWasSaidOrKept_holdsASecret() throws Exception {
    List<Path> files = new ArrayList<>();
    try (var all = Files.walk(folder)) {
      all.filter(file -> file.toString().endsWith(".log") || file.endsWith("inventory.sealed"))
          .forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(secrets);
    }
    assertThat(state("remote").toString()).doesNotContain(secrets);
  }

  private JsonNode newToken(String site) throws Exception {
    JsonNode made =
        call("POST", "/sites/name:" + site + "/agent-tokens", Map.of("name", "of " + site));
    String text = made.path("token").asText();
    assertThat(text).startsWith("msa_");
    secrets.add(text);
    door.admit(text);
    return made;
  }

  private void rename(String name) throws Exception {
    call("PATCH", "/servers/" + server, Map.of("name", name));
  }

  private Program startAgent(String name, String with, String ca) throws IOException {
    return startAgent(name, with, ca, name);
  }

  private Program startAgent(String name, String with, String ca, String site) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    int port = Ports.free("127.0.0.1", 1).getFirst();
    ports.put(name, port);
    Program program =
        Program.start(
            "agent",
            own,
            Map.of(
                "MUSTER_URL",
                door.url(),
                "MUSTER_SITE",
                site,
                "MUSTER_AGENT_TOKEN",
                with,
                "MUSTER_CA",
                ca,
                "MUSTER_DATA",
                own.resolve("data").toString(),
                "MUSTER_MANAGEMENT_PORT",
                String.valueOf(port),
                "LOG_LEVEL",
                "trace"),
            "run");
    agents.add(program);
    return program;
  }

  private JsonNode link(String name) {
    return state(name).path("link");
  }

  private JsonNode state(String name) {
    try {
      return JSON.readTree(
          http.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + ports.get(name) + "/state"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException notNow) {
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode call(String method, String path, @Nullable Object body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(centre.url() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE);
    if (!login.isEmpty()) {
      request.header("Authorization", "Bearer " + login);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
  }

  private long polls(String condition) {
    return count("connection_metrics", of(server) + " AND " + condition);
  }

  private static String of(String id) {
    return "server_id = '" + id + "'";
  }

  private long count(String table, String condition) {
    List<JsonNode> rows =
        centre.rows("SELECT count() FROM %s WHERE %s".formatted(table, condition));
    return rows.isEmpty() ? 0 : rows.getFirst().path(0).asLong();
  }

  private String latest(String column) {
    List<JsonNode> rows =
        centre.rows(
            "SELECT %s FROM server_states WHERE %s ORDER BY ts DESC LIMIT 1"
                .formatted(column, of(server)));
    return rows.isEmpty() || rows.getFirst().path(0).isNull()
        ? ""
        : rows.getFirst().path(0).asText();
  }

  private void until(String fact, Callable<Boolean> isSo) {
    Wait.until(PATIENCE, () -> fact + "; " + (agent == null ? "" : agent.lastWords()), isSo);
  }
}
