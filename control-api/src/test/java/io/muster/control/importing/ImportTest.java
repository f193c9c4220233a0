package io.muster.control.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.link.TestAgent;
import io.muster.control.server.SiteInventory;
import io.muster.control.server.SiteServer;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
class ImportTest {
  private static final String SERVERS = "/api/v1/servers";
  private static final String SECRET = "11111111-2222-4333-8444-555555555555";
  private static final String TOKEN = "mon@pve!m=" + SECRET;
  private static final String HEADER = "name,host,port,api_token,verify_ssl\n";
  private static final String PIN = "AB:".repeat(31) + "AB";

  private final ControlRig rig;
  private final TestTenant tenant;
  private final String siteName = ControlRig.name("site");
  private final UUID site;
  private final Client admin;

  ImportTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    site = tenant.site(siteName);
    admin = tenant.admin();
  }

  private Answer csv(String query, String text) {
    return admin.send(
        "POST", SERVERS + "/import" + query, text, Map.of("Content-Type", "text/csv"));
  }

  private static String row(String name) {
    return name + "," + name + ".example.org,,mon@pve!m=" + SECRET + ",\n";
  }

  private List<Server> polled() {
    return rig.bean(SiteInventory.class).of(site).stream().map(SiteServer::server).toList();
  }

  private static List<String> outcomes(Answer answer) {
    return answer.json().path("servers").findValuesAsText("outcome");
  }

  @Test
  void fiftyRowsWithThreeBadOnes_goodOnesAreTaken_againNothingChanges() {
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 1; i <= 47; i++) {
      file.append(row("pve-" + i));
    }
    file.append("bad-port,h,70000,").append(TOKEN).append(",\n");
    file.append("bad-token,h,,hidden-5f0c,\n");
    file.append("bad-flag,h,,").append(TOKEN).append(",maybe\n");

    Answer preview = csv("?dryRun=true", file.toString());
    assertThat(preview.status()).as(preview.toString()).isEqualTo(200);
    assertThat(preview.json().path("created").asInt()).isEqualTo(47);
    assertThat(polled()).isEmpty();

    Answer first = csv("", file.toString());
    assertThat(first.json().path("success").asInt()).isEqualTo(47);
    JsonNode failed = first.json().path("failed");
    assertThat(failed.findValuesAsText("name"))
        .containsExactly("bad-port", "bad-token", "bad-flag");
    assertThat(failed.findValuesAsText("line")).containsExactly("49", "50", "51");
    assertThat(failed.path(0).path("field").asText()).isEqualTo("port");
    assertThat(failed.path(0).path("error").asText()).contains("70000", "at most 65535");
    assertThat(failed.path(1).path("field").asText()).isEqualTo("api_token");
    assertThat(failed.path(2).path("field").asText()).isEqualTo("verify_ssl");
    assertThat(first.body()).doesNotContain("hidden-5f0c", SECRET);
    assertThat(polled()).hasSize(47);

    long revision = rig.bean(SiteInventory.class).revision();
    Answer second = csv("?update=true", file.toString());
    assertThat(second.json().path("unchanged").asInt()).isEqualTo(47);
    assertThat(second.json().path("updated").asInt()).isZero();
    assertThat(rig.bean(SiteInventory.class).revision()).isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a,,,T,             | host      | host
          a,h,,mon@pve!m,    | api_token | user@realm!tokenid=uuid
          a,h,,,             | api_token | user@realm!tokenid=uuid
          a,h,x,T,           | port      | a whole number
          ,h,,T,             | name      | a name
          -a,h,,T,           | name      | letters
          """)
  void badRow_isToldInTheFilesWords(String row, String field, String expected) {
    Answer answer = csv("", HEADER + row.replace("T", TOKEN) + "\n");

    JsonNode failed = answer.json().path("failed").path(0);
    assertThat(failed.path("line").asInt()).isEqualTo(2);
    assertThat(failed.path("field").asText()).as(answer.toString()).isEqualTo(field);
    assertThat(failed.path("error").asText()).contains(expected);
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  @Test
  void everythingWrongInARow_isToldAtOnce() {
    Answer answer = csv("", HEADER + "-a,h h,70000,hidden-5f0c,maybe\n");

    assertThat(answer.json().at("/failed/0/errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("api_token", "verify_ssl", "name", "port", "host");
    assertThat(answer.body()).doesNotContain("hidden-5f0c");
  }

  @Test
  void existingNameWithOtherValues_failsUnlessUpdate_emptySecretIsKept() {
    csv("", HEADER + row("pve"));
    String other = "name,host,api_token,tags\npve,pve.example.org,mon@pve!m,x;y\n";

    Answer refused = csv("", other);
    assertThat(refused.json().at("/failed/0/code").asText()).isEqualTo("exists");
    Answer updated = csv("?update=true", other);
    assertThat(outcomes(updated)).as(updated.toString()).containsExactly("updated");
    ProxmoxServer server = (ProxmoxServer) polled().getFirst();
    assertThat(server.entry().tags()).containsExactly("x", "y");
    assertThat(server.token().secret().reveal()).isEqualTo(SECRET);

    Answer moved = csv("?update=true", "name,host\npve,elsewhere.example.org\n");
    assertThat(moved.json().at("/failed/0/code").asText()).isEqualTo("secret-required");
    assertThat(moved.json().at("/failed/0/field").asText()).isEqualTo("api_token");
  }

  @Test
  void nameTwiceInTheFile_failsTheSecondRow() {
    Answer answer = csv("", HEADER + row("pve") + row("pve"));

    assertThat(answer.json().path("created").asInt()).isEqualTo(1);
    assertThat(answer.json().at("/failed/0/line").asInt()).isEqualTo(3);
  }

  @Test
  void rowsAboveTheTenantsLimit_fail() {
    for (int file = 0; file < 2; file++) {
      StringBuilder text = new StringBuilder(HEADER);
      for (int i = 0; i < 30; i++) {
        text.append(row("pve-" + file + "-" + i));
      }
      csv("", text.toString());
    }
    Answer full = csv("", HEADER + row("more"));

    assertThat(polled()).hasSize(50);
    assertThat(full.json().at("/failed/0/code").asText()).isEqualTo("server-limit");
  }

  @Test
  void moreThanFiftyRows_areRefusedAsAWhole() {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 51; i++) {
      text.append(row("pve-" + i));
    }
    assertThat(csv("", text.toString()).status()).isEqualTo(400);
    assertThat(csv("", HEADER + "a,".repeat(600_000)).status()).isEqualTo(413);
    assertThat(polled()).isEmpty();
  }

  @Test
  void misspeltColumn_isRefusedWithWhatWasMeant_othersAreIgnored() {
    assertThat(csv("", "name,host,api_tokn\npve,h,x\n").body())
        .contains("did you mean 'api_token'?");
    Answer answer =
        csv("?dryRun=true", "Name,HOST,Api Token,rack location\npve,h," + TOKEN + ",7\n");
    assertThat(outcomes(answer)).as(answer.toString()).containsExactly("created");
    assertThat(answer.json().path("ignoredColumns").path(0).asText()).isEqualTo("rack location");
  }

  @Test
  void otherPlatforms_areImported() {
    Answer answer =
        csv(
            "",
            """
            name;provider;url;api_token;auth_url;region;application_credential_id;application_credential_secret
            k;kubernetes;https://k:6443;some-token;;;;
            o;openstack;;;https://o:5000/v3;R;id;secret
            """);

    assertThat(outcomes(answer)).as(answer.toString()).containsExactly("created", "created");
    assertThat(polled())
        .extracting(server -> server.kind().label())
        .containsExactly("kubernetes", "openstack");
  }

  @Test
  void export_hasNoSecretsAndRoundTrips() {
    Answer json =
        admin.post(
            SERVERS + "/import",
            """
            {"servers": [
              {"name": "p", "urls": ["https://a:8006", "https://b:8006"], "tokenId": "m@pve!t",
               "tokenSecret": "hidden-5f0c", "tags": ["=1+1", "a,b"], "nodeAddresses": {"n": "https://n:8006"},
               "proxy": "http://me:hidden-5f0c@p:3128", "intervalSeconds": 20, "enabled": false},
              {"name": "p6", "host": "[2001:db8::1]", "tokenId": "m@pve!t", "tokenSecret": "hidden-5f0c"},
              {"name": "k", "provider": "kubernetes", "kubeConfig": "users: []", "namespace": "shop"},
              {"name": "i", "provider": "kubernetes", "inCluster": true},
              {"name": "o", "provider": "openstack", "authUrl": "https://o:5000/v3", "region": "R",
               "username": "u", "password": "hidden-5f0c", "projectName": "P"}]}
            """);
    assertThat(json.json().path("created").asInt()).as(json.toString()).isEqualTo(5);
    List<Server> before = polled();

    Answer export = tenant.viewer().get(SERVERS + "/export");
    assertThat(export.header("Content-Type")).startsWith("text/csv");
    assertThat(export.body()).doesNotContain("hidden-5f0c", "users: []").contains("'=1+1");
    Answer again = csv("?update=true", export.body());

    assertThat(again.json().path("unchanged").asInt()).as(again.toString()).isEqualTo(5);
    assertThat(polled()).isEqualTo(before);
  }

  @Test
  void template_canBeImported() {
    Answer template = tenant.viewer().get(SERVERS + "/import/template");

    assertThat(template.body()).startsWith("\uFEFFname,host,port,api_token,verify_ssl");
    assertThat(outcomes(csv("?dryRun=true", template.body()))).containsExactly("created");
  }

  @Test
  void configurationFile_isTakenOnceWithItsIds() {
    String id = UUID.randomUUID().toString();
    String file =
        "{\"servers\":[{\"id\":\"%s\",\"name\":\"old\",\"host\":\"h\",\"tokenId\":\"m@pve!t\",\"tokenSecret\":\"s\"}]}"
            .formatted(id);

    assertThat(admin.post(SERVERS + "/import", file).json().at("/servers/0/id").asText())
        .isEqualTo(id);
    assertThat(outcomes(admin.post(SERVERS + "/import", file))).containsExactly("unchanged");
    String renamed = file.replace("\"old\"", "\"new\"");
    assertThat(outcomes(admin.post(SERVERS + "/import?update=true", renamed)))
        .containsExactly("updated");
    assertThat(polled())
        .singleElement()
        .satisfies(server -> {
          assertThat(server.entry().name()).isEqualTo("new");
          assertThat(server.entry().id()).hasToString(id);
        });
    TestTenant other = rig.tenant();
    other.site(ControlRig.name("site"));
    assertThat(other.admin().post(SERVERS + "/import", file).json().at("/failed/0/field").asText())
        .isEqualTo("id");
  }

  @Test
  void preview_showsCertificates_trustSeenPinsThem() {
    String file = HEADER + row("pve") + row("gone");
    try (TestAgent agent =
        TestAgent.connect(rig, tenant.agentToken(site), siteName, ImportTest::seen)) {
      JsonNode preview = csv("?dryRun=true", file).json();
      assertThat(preview.at("/servers/0/certificate/sha256").asText()).isEqualTo(PIN);
      assertThat(preview.at("/servers/0/certificate/trusted").asBoolean()).isFalse();
      assertThat(preview.at("/servers/1/certificate").isNull()).isTrue();
      assertThat(preview.at("/servers/1/certificateError").asText()).isEqualTo("no route");

      assertThat(outcomes(csv("?trustSeen=true", file))).containsExactly("created", "created");
      assertThat(((ProxmoxServer) polled().get(1)).tls().fingerprints())
          .singleElement()
          .hasToString(PIN);
      assertThat(outcomes(csv("?trustSeen=true", file))).containsExactly("unchanged", "unchanged");
      assertThat(agent.next()).isInstanceOf(ControlMessage.InventoryChange.class);
    }
  }

  @Test
  void certificateOtherThanTheOneLookedAt_isNotTrusted() {
    String file = HEADER + row("pve");
    try (TestAgent _ =
        TestAgent.connect(rig, tenant.agentToken(site), siteName, ImportTest::seen)) {
      Answer other = csv("?trustSeen=true&seen=" + "CD".repeat(32), file);
      assertThat(other.json().at("/failed/0/code").asText()).isEqualTo("certificate-changed");
      assertThat(other.json().at("/failed/0/error").asText()).contains(PIN);
      assertThat(csv("?trustSeen=true&seen=", file).json().path("created").asInt()).isZero();
      assertThat(polled()).isEmpty();

      assertThat(csv("?trustSeen=true&seen=x", file).json().at("/errors/0/field").asText())
          .isEqualTo("seen");
      assertThat(outcomes(csv("?trustSeen=true&seen=" + PIN.replace(":", ""), file)))
          .containsExactly("created");
      assertThat(((ProxmoxServer) polled().getFirst()).tls().fingerprints())
          .singleElement()
          .hasToString(PIN);
    }
  }

  @Test
  void formulaInAList_isGuardedWhereverTheListIsSplit() {
    csv("", "name,host,api_token,tags\npve,h," + TOKEN + ",a;'=1+1;'-x;＝2\n");

    Answer export = admin.get(SERVERS + "/export");
    assertThat(polled().getFirst().entry().tags()).containsExactly("a", "=1+1", "-x", "＝2");
    assertThat(export.body()).contains("a;'=1+1;'-x;'＝2");
    assertThat(outcomes(csv("?update=true", export.body()))).containsExactly("unchanged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json, text/csv                | 200
          text/csv, application/json;q=0.5          | 200
          text/html, */*;q=0.1                      | 200
          application/json                          | 406
          """)
  void export_isNeverTakenForAServer(String accept, int status) {
    Answer answer = admin.send("GET", SERVERS + "/export", null, Map.of("Accept", accept));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("Content-Type"))
        .startsWith(status == 200 ? "text/csv" : "application/problem+json");
  }

  private static CompletableFuture<CheckAnswer> seen(Server server) {
    ProxmoxServer proxmox = (ProxmoxServer) server;
    return CompletableFuture.completedFuture(
        server.entry().name().equals("gone")
            ? CheckAnswer.failed(Failure.UNREACHABLE, "no route", List.of())
            : CheckAnswer.failed(
                Failure.TLS,
                "not trusted",
                List.of(
                    new CheckAnswer.Certificate(
                        "CN=pve",
                        "CN=PVE Cluster Manager CA",
                        PIN,
                        Instant.parse("2028-01-01T00:00:00Z"),
                        !proxmox.tls().fingerprints().isEmpty()))));
  }

  @Test
  void upload_takesAFormOfAPage() {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"servers.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n"
            + HEADER
            + row("pve")
            + "\r\n--x--\r\n";
    Answer answer =
        admin.send(
            "POST",
            SERVERS + "/import",
            body,
            Map.of("Content-Type", "multipart/form-data; boundary=x"));

    assertThat(outcomes(answer)).as(answer.toString()).containsExactly("created");
  }

  @Test
  void import_isForAdminsAlone() {
    for (Client client : List.of(tenant.viewer(), tenant.operator())) {
      assertThat(
              client
                  .send("POST", SERVERS + "/import", HEADER, Map.of("Content-Type", "text/csv"))
                  .status())
          .isEqualTo(403);
    }
  }
}
