package io.muster.control.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SiteRoutesTest {
  private final ControlRig rig;
  private final TestTenant tenant;
  private final Client admin;
  private final String name = ControlRig.name("site");

  SiteRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    admin = tenant.admin();
  }

  @Test
  void list_hasTheTenantsOwnSitesAlone() {
    tenant.site(name);
    rig.tenant().site(ControlRig.name("site"));

    var list = tenant.viewer().get("/api/v1/sites").json();

    assertThat(list.at("/items/0/name").asText()).isEqualTo(name);
    assertThat(list.at("/total").asInt()).isEqualTo(1);
  }

  @Test
  void site_isMadeRenamedAndDeleted() {
    Answer made = admin.post("/api/v1/sites", Map.of("name", name));
    String path = "/api/v1/sites/" + made.json().path("id").asText();

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(admin.get("/api/v1/sites/name:" + name).json()).isEqualTo(made.json());
    assertThat(admin.patch(path, Map.of("name", name + "b")).json().path("name").asText())
        .isEqualTo(name + "b");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(admin.get("/api/v1/audit?kind=site").json().findValuesAsText("verb"))
        .containsExactly("delete", "update", "create");
  }

  @Test
  void name_isTakenForEveryTenant() {
    rig.tenant().site(name);

    assertThat(admin.post("/api/v1/sites", Map.of("name", name)).code()).isEqualTo("exists");
    assertThat(admin.post("/api/v1/sites", Map.of("name", "a/b")).status()).isEqualTo(400);
  }

  @Test
  void siteWithServers_isNotDeleted() {
    UUID site = tenant.site(name);
    Answer server =
        admin.post(
            "/api/v1/servers",
            Map.of(
                "name", "pve-1", "host", "pve-1", "tokenId", "m@pve!m", "tokenSecret", "secret"));
    assertThat(server.status()).as(server.toString()).isEqualTo(201);

    assertThat(admin.delete("/api/v1/sites/" + site).code()).isEqualTo("not-empty");
    assertThat(admin.get("/api/v1/sites/" + site).json().path("servers").asInt()).isEqualTo(1);
  }

  @Test
  void agentToken_isShownOnceAndSignsInUntilItIsRevoked() {
    UUID site = tenant.site(name);
    String path = "/api/v1/sites/" + site + "/agent-tokens";

    Answer made = admin.post(path, Map.of("name", "first"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String token = made.json().path("token").asText();
    Client agent = rig.with(token);
    assertThat(token).startsWith("msa_");
    assertThat(agent.get("/api/v1/sites").status()).isEqualTo(403);
    assertThat(admin.get(path).json().path("total").asInt()).isEqualTo(1);
    assertThat(admin.get(path).body()).doesNotContain(token);
    assertThat(admin.get("/api/v1/sites/" + site).json().at("/agents/0/lastSeen").isMissingNode())
        .isFalse();
    assertThat(admin.delete(path + "/" + made.json().path("id").asText()).status()).isEqualTo(204);
    assertThat(agent.get("/api/v1/sites").status()).isEqualTo(401);
  }

  @Test
  void list_withoutAToken_isUnauthorized() {
    assertThat(rig.with(null).get("/api/v1/sites").status()).isEqualTo(401);
    assertThat(rig.with(null).get("/api/v1/sites").header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(rig.with("mst_no").get("/api/v1/sites").code()).isEqualTo("unauthenticated");
  }
}
