package io.muster.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.link.TestAgent;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.ServerStatusChange.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
class ServerRoutesTest {
  private static final String SERVERS = "/api/v1/servers";
  private static final String SECRET = "hidden-5f0c";
  private static final String TOKEN = "'tokenId':'mon@pve!m','tokenSecret':'hidden-5f0c'";

  private final ControlRig rig;
  private final TestTenant tenant;
  private final String siteName = ControlRig.name("site");
  private final UUID site;
  private final Client admin;

  ServerRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    site = tenant.site(siteName);
    admin = tenant.admin();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private JsonNode add(String name, String more) {
    Answer answer =
        admin.post(SERVERS, json("{'name':'%s','host':'h',%s%s}".formatted(name, TOKEN, more)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json();
  }

  private List<Server> polled() {
    return rig.bean(SiteInventory.class).of(site).stream().map(SiteServer::server).toList();
  }

  @Test
  void add_answersTheServerWithoutSecretsAndTheAgentGetsThem() {
    Answer answer =
        admin.post(
            SERVERS,
            json("{'name':'pve-1','host':'pve-1.example.org','tags':['x'],%s}".formatted(TOKEN)));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain(SECRET);
    JsonNode server = answer.json();
    assertThat(answer.header("Location")).isEqualTo(SERVERS + "/" + server.path("id").asText());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(server.path("site").asText()).isEqualTo(siteName);
    assertThat(server.path("urls").get(0).asText()).isEqualTo("https://pve-1.example.org:8006");
    assertThat(server.path("secrets").toString()).isEqualTo("[\"tokenSecret\"]");
    assertThat(server.path("connectionStatus").asText()).isEqualTo("unknown");
    assertThat(server.path("successRate").isNull()).isTrue();
    assertThat(polled())
        .singleElement()
        .satisfies(polled -> {
          assertThat(polled.entry().id().toString()).isEqualTo(server.path("id").asText());
          assertThat(((ProxmoxServer) polled).token().secret().reveal()).isEqualTo(SECRET);
        });
  }

  @Test
  void changes_areToldToTheSitesAgent() {
    try (TestAgent agent = connect()) {
      JsonNode server = add("pve", "");
      assertThat(agent.next())
          .isInstanceOfSatisfying(
              ControlMessage.InventoryChange.class,
              change -> assertThat(change.changed().getFirst().server().name()).isEqualTo("pve"));
      admin.patch(SERVERS + "/name:pve", "{\"name\":\"pve-b\"}");
      assertThat(agent.next())
          .isInstanceOfSatisfying(
              ControlMessage.InventoryChange.class,
              change -> assertThat(change.changed().getFirst().server().name()).isEqualTo("pve-b"));
      admin.delete(SERVERS + "/name:pve-b");
      assertThat(agent.next())
          .isInstanceOfSatisfying(
              ControlMessage.InventoryChange.class,
              change ->
                  assertThat(change.removed().getFirst()).hasToString(server.path("id").asText()));
    }
  }

  private TestAgent connect() {
    return TestAgent.connect(
        rig, tenant.agentToken(site), siteName, any -> new CompletableFuture<>());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'name':'-a','host':'h',T}                  | name
          {'name':'a','host':'h','port':70000,T}      | port
          {'name':'a','host':'h h',T}                 | host
          {'name':'a','host':'h','tokenId':'x'}       | tokenId
          {'name':'a','host':'h',T,'colour':1}        | colour
          {'name':'a','host':'h',T,'site':'elsewhere'} | site
          {'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'${HOME}'}       | tokenSecret
          {'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'file:/etc/passwd'} | tokenSecret
          {'name':'a','host':'h',T,'caCert':'/etc/ssl/ca.pem'} | caCert
          {'name':'a','provider':'kubernetes','kubeConfigPath':'/root/.kube/config'} | kubeConfigPath
          {'name':'a','provider':'kubernetes','kubeConfig':'users: [{name: u, user: {exec: {command: x}}}]'} | kubeConfig
          {'name':'a','provider':'kubernetes','kubeConfig':'users: [{name: u, user: {tokenFile: /x}}]'} | kubeConfig
          {'name':'a','provider':'kubernetes','kubeConfig':'users: &u [*u]'} | kubeConfig
          """)
  void badField_isNamedWithoutSecrets(String body, String field) {
    Answer answer = admin.post(SERVERS, json(body.replace(",T", "," + TOKEN)));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  @Test
  void bodyThatIsNoJson_isRefusedWithoutQuotingIt() {
    Answer answer = admin.post(SERVERS, "{\"name\": hidden-5f0c}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  @Test
  void nameOfAnother_isAConflict_inThisTenantAlone() {
    add("twin", "");
    TestTenant other = rig.tenant();
    other.site(ControlRig.name("site"));

    assertThat(admin.post(SERVERS, json("{'name':'twin','host':'h',%s}".formatted(TOKEN))).code())
        .isEqualTo("exists");
    assertThat(
            other
                .admin()
                .post(SERVERS, json("{'name':'twin','host':'h',%s}".formatted(TOKEN)))
                .status())
        .isEqualTo(201);
  }

  @Test
  void serverAboveTheLimit_isAConflict() {
    for (int i = 0; i < 50; i++) {
      add("s" + i, "");
    }
    Answer answer = admin.post(SERVERS, json("{'name':'more','host':'h',%s}".formatted(TOKEN)));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("server-limit");
  }

  @Test
  void show_byIdAndByName_otherTenantsAre404() {
    JsonNode server = add("pve one", "");
    Client stranger = rig.tenant().admin();
    String byId = SERVERS + "/" + server.path("id").asText();

    assertThat(tenant.viewer().get(byId).json().path("name").asText()).isEqualTo("pve one");
    assertThat(tenant.viewer().get(SERVERS + "/name:pve%20one").status()).isEqualTo(200);
    for (String path : List.of(byId, SERVERS + "/name:pve%20one", SERVERS + "/no-such")) {
      assertThat(stranger.get(path).status()).isEqualTo(404);
      assertThat(stranger.patch(path, "{\"enabled\":false}").status()).isEqualTo(404);
      assertThat(stranger.delete(path).status()).isEqualTo(404);
      assertThat(stranger.post(path + "/test", "{}").status()).isEqualTo(404);
      assertThat(
              stranger
                  .put(
                      path + "/maintenance",
                      Map.of("until", Instant.now().plusSeconds(60).toString()))
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void rename_keepsIdAndSecret() {
    JsonNode server = add("before", "");
    Answer answer = admin.patch(SERVERS + "/name:before", "{\"name\":\"after\"}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().path("id")).isEqualTo(server.path("id"));
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(polled())
        .singleElement()
        .satisfies(polled -> {
          assertThat(polled.entry().name()).isEqualTo("after");
          assertThat(((ProxmoxServer) polled).token().secret().reveal()).isEqualTo(SECRET);
        });
  }

  @Test
  void patchThatChangesNothing_writesNothing() {
    add("same", ",'tags':['x']");
    long revision = rig.bean(SiteInventory.class).revision();
    Answer answer = admin.patch(SERVERS + "/name:same", json("{'tags':['x'],'host':'h'}"));

    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(rig.bean(SiteInventory.class).revision()).isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'host':'elsewhere'}
          {'url':'https://h:9999'}
          {'verifyTls':false}
          {'fingerprints':['abababababababababababababababababababababababababababababababab']}
          {'nodeAddresses':{'n':'https://elsewhere:8006'}}
          {'proxy':'http://p:3128'}
          {'tokenId':'other@pve!m'}
          """)
  void changeOfTarget_demandsTheSecretAgain(String change) {
    add("pve", "");
    Answer answer = admin.patch(SERVERS + "/name:pve", json(change));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("secret-required");
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("tokenSecret");
    String whole = json(change).replaceFirst("}$", ",\"tokenSecret\":\"new\"}");
    assertThat(admin.patch(SERVERS + "/name:pve", whole).status()).isEqualTo(200);
  }

  @Test
  void put_replacesAllButTheSecretsLeftOut() {
    add("pve", ",'tags':['x'],'route':'vpn'");
    Answer answer =
        admin.put(
            SERVERS + "/name:pve",
            json("{'name':'pve','host':'h','tokenId':'mon@pve!m','tokenSecret':''}"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().path("tags")).isEmpty();
    assertThat(answer.json().path("route").asText()).isEqualTo("direct");
    assertThat(((ProxmoxServer) polled().getFirst()).token().secret().reveal()).isEqualTo(SECRET);
  }

  @Test
  void whatWasRead_canBePutBack() {
    JsonNode server = add("pve", ",'proxy':'http://me:hidden-5f0c@p:3128'");
    assertThat(server.path("proxy").asText()).isEqualTo("http://p:3128");

    Answer answer = admin.put(SERVERS + "/name:pve", server);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(polled().getFirst().entry().proxy()).hasToString("http://me:hidden-5f0c@p:3128");
  }

  @Test
  void otherPlatform_isAnotherServer() {
    add("pve", "");
    Answer answer =
        admin.patch(SERVERS + "/name:pve", json("{'provider':'kubernetes','inCluster':true}"));

    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("provider");
  }

  @Test
  void kubernetesAccess_canBeChangedToAToken() {
    Answer added =
        admin.post(SERVERS, json("{'name':'k','provider':'kubernetes','kubeConfig':'users: []'}"));
    assertThat(added.status()).as(added.toString()).isEqualTo(201);
    Answer answer =
        admin.patch(SERVERS + "/name:k", json("{'url':'https://k:6443','token':'hidden-5f0c'}"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().path("secrets").toString()).isEqualTo("[\"token\"]");
    assertThat(admin.patch(SERVERS + "/name:k", json("{'url':'https://elsewhere:6443'}")).code())
        .isEqualTo("secret-required");
  }

  @Test
  void ifMatchOfAnotherVersion_failsThePrecondition() {
    add("pve", "");
    String path = SERVERS + "/name:pve";
    Answer stale = admin.send("PATCH", path, "{\"enabled\":false}", Map.of("If-Match", "\"7\""));

    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.code()).isEqualTo("changed");
    assertThat(
            admin.send("PATCH", path, "{\"enabled\":false}", Map.of("If-Match", "\"1\"")).status())
        .isEqualTo(200);
    assertThat(admin.send("DELETE", path, null, Map.of("If-Match", "\"1\"")).status())
        .isEqualTo(412);
    assertThat(admin.send("DELETE", path, null, Map.of("If-Match", "\"2\"")).status())
        .isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(polled()).isEmpty();
  }

  @Test
  void list_isSortedPagedAndFiltered() {
    add("beta", ",'tags':['x']");
    add("Alpha", ",'enabled':false");
    add("gamma", ",'route':'vpn'");

    assertThat(admin.get(SERVERS).json().path("items").findValuesAsText("name"))
        .containsExactly("Alpha", "beta", "gamma");
    JsonNode page = admin.get(SERVERS + "?page=1&size=2").json();
    assertThat(page.path("items").findValuesAsText("name")).containsExactly("gamma");
    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(names("?tag=x")).containsExactly("beta");
    assertThat(names("?status=disabled")).containsExactly("Alpha");
    assertThat(names("?q=GAM")).containsExactly("gamma");
    assertThat(names("?provider=openstack")).isEmpty();
    assertThat(names("?site=" + siteName)).hasSize(3);
    assertThat(admin.get(SERVERS + "?size=1001").status()).isEqualTo(400);
  }

  @Test
  void search_looksAtNamesTagsAndAddressesAlone_andTakesItsTextAsItIs() {
    add("pve_1", ",'tags':['Rack 7','50%']");
    add("pve-2", "");
    admin.patch(SERVERS + "/name:pve-2", json("{'host':'Berlin.example.org','tokenSecret':'n'}"));

    assertThat(names("?q=rack")).containsExactly("pve_1");
    assertThat(names("?q=berlin.EX")).containsExactly("pve-2");
    assertThat(names("?q=_")).containsExactly("pve_1");
    assertThat(names("?q=%25")).containsExactly("pve_1");
    assertThat(names("?q=!")).isEmpty();
    assertThat(names("?q=urls")).isEmpty();
    assertThat(names("?q=verifyTls")).isEmpty();
    assertThat(names("?q=' OR 1=1 --".replace(" ", "%20"))).isEmpty();
    admin.patch(SERVERS + "/name:pve_1", json("{'tags':['Rack 8']}"));
    assertThat(names("?tag=Rack%207")).isEmpty();
    assertThat(names("?tag=Rack%208&q=8&provider=proxmox")).containsExactly("pve_1");
    assertThat(names("?tag=rack%208")).isEmpty();
  }

  @Test
  void filterByStatus_isWhatIsShown() {
    add("online", "");
    add("untold", "");
    add("off", ",'enabled':false");
    String elsewhere = ControlRig.name("site");
    tenant.site(elsewhere);
    add("nobody", ",'site':'%s'".formatted(elsewhere));
    try (TestAgent _ = connect()) {
      UUID id = UUID.fromString(admin.get(SERVERS + "/name:online").json().path("id").asText());
      rig.bean(StatusSink.class).changed(site, told(id, Connection.ONLINE));
      rig.bean(StatusSink.class)
          .changed(
              site,
              told(
                  UUID.fromString(admin.get(SERVERS + "/name:off").json().path("id").asText()),
                  Connection.ONLINE));

      assertThat(names("?status=online")).containsExactly("online");
      assertThat(names("?status=checking")).containsExactly("untold");
      assertThat(names("?status=unknown")).containsExactly("nobody");
      assertThat(names("?status=disabled")).containsExactly("off");
      assertThat(names("?status=offline")).isEmpty();
      assertThat(
              admin
                  .get(SERVERS + "?status=ofline&provider=vmware")
                  .json()
                  .path("errors")
                  .findValuesAsText("field"))
          .containsExactly("provider", "status");
      JsonNode counts = tenant.viewer().get("/api/v1/health/providers").json().path(0);
      assertThat(counts.path("servers").asInt()).isEqualTo(4);
      assertThat(counts.path("online").asInt()).isEqualTo(1);
      assertThat(counts.path("checking").asInt()).isEqualTo(1);
      assertThat(counts.path("unknown").asInt()).isEqualTo(2);
    }
  }

  private static ServerStatusChange told(UUID server, Connection connection) {
    return new ServerStatusChange(
        new ServerId(server),
        connection,
        Instant.parse("2026-11-21T12:00:00Z"),
        null,
        "a\0b",
        "closed",
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void scope_isTheSameForListsCountsAndSingleServers() {
    add("by-tag", ",'tags':['customer']");
    String byId = add("by-id", "").path("id").asText();
    add("neither", ",'tags':['customers','x,customer']");
    Client narrowed =
        rig.with(
            tenant.token(
                Role.OPERATOR,
                new Scope(Set.of(UUID.fromString(byId)), Set.of(), Set.of("customer"), Set.of()),
                null));

    JsonNode list = narrowed.get(SERVERS + "?size=1&page=1").json();
    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("items").findValuesAsText("name")).containsExactly("by-tag");
    assertThat(narrowed.get(SERVERS + "?page=9").json().path("total").asInt()).isEqualTo(2);
    assertThat(narrowed.get(SERVERS + "/name:neither").status()).isEqualTo(404);
    assertThat(narrowed.get(SERVERS + "?q=neither").json().path("total").asInt()).isZero();
    assertThat(narrowed.get(SERVERS + "/export").body()).doesNotContain("neither");
    assertThat(narrowed.post(SERVERS + "/health-check", "{}").json().findValuesAsText("name"))
        .containsExactlyInAnyOrder("by-id", "by-tag");
    assertThat(narrowed.get("/api/v1/health/providers").json().at("/0/servers").asInt())
        .isEqualTo(2);
  }

  @Test
  void serverOfAGrantedVm_isSeenByNameAndStatus() {
    String id = add("shared", ",'tags':['inner']").path("id").asText();
    add("other", "");
    Client narrowed =
        rig.with(
            tenant.token(
                Role.OPERATOR,
                new Scope(Set.of(), Set.of(), Set.of(), Set.of(id + "/qemu:101")),
                null));

    JsonNode list = narrowed.get(SERVERS).json();
    assertThat(list.path("items").findValuesAsText("name")).containsExactly("shared");
    Answer shown = narrowed.get(SERVERS + "/name:shared");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json()).isEqualTo(list.at("/items/0"));
    assertThat(shown.json().path("whole").asBoolean()).isFalse();
    assertThat(shown.json().path("connectionStatus").asText()).isEqualTo("unknown");
    assertThat(shown.body())
        .doesNotContain("inner")
        .doesNotContain("tokenId")
        .doesNotContain("urls");
    assertThat(shown.header("ETag")).isNull();
    assertThat(narrowed.post(SERVERS + "/name:shared/test", "{}").status()).isEqualTo(403);
    assertThat(narrowed.delete(SERVERS + "/name:shared/maintenance").status()).isEqualTo(403);
    assertThat(narrowed.get(SERVERS + "/export").body()).doesNotContain("shared");
    assertThat(narrowed.post(SERVERS + "/health-check", "{}").json()).isEmpty();
    // A search would tell what is not shown.
    assertThat(narrowed.get(SERVERS + "?q=share").json().path("total").asInt()).isEqualTo(1);
    assertThat(narrowed.get(SERVERS + "?q=inner").json().path("total").asInt()).isZero();
    assertThat(narrowed.get(SERVERS + "?tag=inner").json().path("total").asInt()).isZero();
    assertThat(admin.get(SERVERS + "/name:shared").json().path("whole").asBoolean()).isTrue();
  }

  private List<String> names(String query) {
    return admin.get(SERVERS + query).json().path("items").findValuesAsText("name");
  }

  @Test
  void statusOfTheAgent_isShown_ofItsOwnServersAlone() {
    JsonNode server = add("pve", "");
    String path = SERVERS + "/name:pve";
    TestAgent agent = connect();
    assertThat(admin.get(path).json().path("connectionStatus").asText()).isEqualTo("checking");

    ServerStatusChange online =
        new ServerStatusChange(
            new ServerId(UUID.fromString(server.path("id").asText())),
            Connection.ONLINE,
            Instant.parse("2026-11-21T12:00:00Z"),
            null,
            null,
            "closed",
            Instant.parse("2026-11-21T12:00:00Z"),
            4000L,
            12.4,
            0.9876,
            3,
            "9.0.5");
    rig.bean(StatusSink.class).changed(rig.tenant().site(ControlRig.name("site")), online);
    assertThat(admin.get(path).json().path("connectionStatus").asText()).isEqualTo("checking");
    rig.bean(StatusSink.class).changed(site, online);
    rig.bean(StatusSink.class).changed(site, online);

    JsonNode shown = admin.get(path).json();
    assertThat(shown.path("connectionStatus").asText()).isEqualTo("online");
    assertThat(shown.path("lastHealthCheckAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(shown.path("avgResponseTimeMs").asInt()).isEqualTo(12);
    assertThat(shown.path("successRate").asDouble()).isEqualTo(98.8);
    assertThat(shown.path("nodeCount").asInt()).isEqualTo(3);
    assertThat(shown.path("version").asText()).isEqualTo("9.0.5");
    assertThat(names("?status=online")).containsExactly("pve");
    assertThat(
            tenant.viewer().get("/api/v1/health/providers").json().path(0).path("online").asInt())
        .isEqualTo(1);

    admin.patch(path, json("{'host':'other','tokenSecret':'new'}"));
    assertThat(admin.get(path).json().path("connectionStatus").asText()).isEqualTo("checking");
    assertThat(admin.get(path).json().path("nodeCount").asInt()).isEqualTo(3);
    agent.close();
    await(() -> admin.get(path).json().path("connectionStatus").asText().equals("unknown"));
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void changes_areInTheAudit_withTheirKeysAndWithoutSecrets() {
    add("pve", "");
    admin.patch(SERVERS + "/name:pve", "{\"tokenSecret\":\"hidden-5f0d\",\"name\":\"pve-b\"}");
    admin.delete(SERVERS + "/name:pve-b");

    Answer audit = admin.get("/api/v1/audit");
    assertThat(audit.json().path("items").findValuesAsText("verb"))
        .containsExactlyInAnyOrder("create", "update", "delete");
    assertThat(audit.body())
        .contains("renamed from pve; changed name, tokenSecret")
        .doesNotContain("hidden");
  }

  @Test
  void scopedCaller_seesAndChangesItsPartAlone() {
    add("mine", ",'tags':['customer']");
    add("other", "");
    Client narrowed =
        rig.with(
            tenant.token(
                Role.ADMIN, new Scope(Set.of(), Set.of(), Set.of("customer"), Set.of()), null));

    assertThat(narrowed.get(SERVERS).json().path("items").findValuesAsText("name"))
        .containsExactly("mine");
    assertThat(narrowed.get(SERVERS + "/name:other").status()).isEqualTo(404);
    assertThat(narrowed.delete(SERVERS + "/name:other").status()).isEqualTo(404);
    assertThat(
            narrowed.post(SERVERS, json("{'name':'more','host':'h',%s}".formatted(TOKEN))).status())
        .isEqualTo(403);
    assertThat(narrowed.get(SERVERS + "/export").body()).contains("mine").doesNotContain("other");
  }

  @Test
  void maintenance_isShownTakenAndEnded() {
    add("pve", "");
    String path = SERVERS + "/name:pve/maintenance";
    String until = Instant.now().plusSeconds(3600).toString();
    Client operator = tenant.operator();

    assertThat(operator.put(path, Map.of("until", until, "reason", "disks")).status())
        .isEqualTo(200);
    assertThat(operator.put(path, Map.of("until", until, "node", "pve2")).status()).isEqualTo(200);
    assertThat(operator.put(path, Map.of("until", "2020-01-01T00:00:00Z")).status()).isEqualTo(400);
    assertThat(tenant.viewer().put(path, Map.of("until", until)).status()).isEqualTo(403);
    assertThat(rig.bean(SiteInventory.class).of(site).getFirst().maintenance()).hasSize(2);
    assertThat(names("?status=maintenance")).containsExactly("pve");

    assertThat(operator.delete(path + "?node=pve2").json().path("maintenance")).hasSize(1);
    assertThat(operator.delete(path).json().path("maintenance")).isEmpty();
  }

  @Test
  void roles_areKeptApart() {
    add("pve", "");
    for (Client client : List.of(tenant.viewer(), tenant.operator())) {
      assertThat(client.get(SERVERS).status()).isEqualTo(200);
      assertThat(client.post(SERVERS, "{}").status()).isEqualTo(403);
      assertThat(client.patch(SERVERS + "/name:pve", "{}").status()).isEqualTo(403);
      assertThat(client.delete(SERVERS + "/name:pve").status()).isEqualTo(403);
    }
  }
}
