package io.muster.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AuditRoutesTest {
  private final TestTenant tenant;
  private final TestTenant other;

  AuditRoutesTest(Database database) {
    ControlRig rig = ControlRig.on(database);
    tenant = rig.tenant();
    other = rig.tenant();
  }

  @Test
  void changes_areListedNewestFirstWithWhoAndFromWhere() {
    Client admin = tenant.admin();
    String name = ControlRig.name("site");
    String id =
        admin
            .send(
                "POST",
                "/api/v1/sites",
                Map.of("name", name),
                Map.of("X-Forwarded-For", "10.0.0.1, 192.0.2.44"))
            .json()
            .path("id")
            .asText();
    admin.post("/api/v1/tokens", Map.of("name", "t", "role", "viewer"));

    var entries = admin.get("/api/v1/audit").json();

    assertThat(entries.path("total").asInt()).isEqualTo(2);
    assertThat(entries.at("/items/0/subject/kind").asText()).isEqualTo("token");
    var site = entries.at("/items/1");
    assertThat(site.path("verb").asText()).isEqualTo("create");
    assertThat(site.at("/subject/id").asText()).isEqualTo(id);
    assertThat(site.at("/subject/name").asText()).isEqualTo(name);
    assertThat(site.path("who").asText()).startsWith("token:test ");
    assertThat(site.path("role").asText()).isEqualTo("admin");
    assertThat(site.path("address").asText()).isEqualTo("192.0.2.44");
  }

  @Test
  void filters_narrowTheList() {
    Client admin = tenant.admin();
    String name = ControlRig.name("site");
    admin.post("/api/v1/sites", Map.of("name", name));
    admin.delete("/api/v1/sites/name:" + name);
    Instant later = Instant.now().plusSeconds(3600);

    for (String query :
        List.of("verb=delete", "subject=" + name + "&verb=delete", "kind=site&size=1&page=1")) {
      assertThat(admin.get("/api/v1/audit?" + query).json().path("items")).as(query).hasSize(1);
    }
    for (String query : List.of("who=nobody", "from=" + later, "to=1970-01-02T00:00:00Z")) {
      assertThat(admin.get("/api/v1/audit?" + query).json().path("total").asInt())
          .as(query)
          .isZero();
    }
    assertThat(admin.get("/api/v1/audit?from=yesterday").status()).isEqualTo(400);
  }

  @Test
  void otherTenants_seeNothingOfIt() {
    tenant.admin().post("/api/v1/sites", Map.of("name", ControlRig.name("site")));

    assertThat(other.admin().get("/api/v1/audit").json().path("total").asInt()).isZero();
    assertThat(tenant.operator().get("/api/v1/audit").status()).isEqualTo(403);
  }
}
