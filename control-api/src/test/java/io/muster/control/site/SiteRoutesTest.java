package io.muster.control.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SiteRoutesTest {
  private final ControlRig rig;

  SiteRoutesTest(Database database) {
    rig = ControlRig.on(database);
  }

  @Test
  void list_hasTheTenantsOwnSitesAlone() {
    ControlRig.TestTenant tenant = rig.tenant();
    String name = ControlRig.name("site");
    tenant.site(name);
    rig.tenant().site(ControlRig.name("site"));

    assertThat(tenant.viewer().get("/api/v1/sites").json().at("/items/0/name").asText())
        .isEqualTo(name);
    assertThat(tenant.viewer().get("/api/v1/sites").json().at("/total").asInt()).isEqualTo(1);
  }

  @Test
  void list_withoutAToken_isUnauthorized() {
    assertThat(rig.with(null).get("/api/v1/sites").status()).isEqualTo(401);
    assertThat(rig.with("mst_no").get("/api/v1/sites").code()).isEqualTo("unauthenticated");
  }

  @Test
  void size_aboveTheLimit_isAFieldProblem() {
    var answer = rig.tenant().viewer().get("/api/v1/sites?size=1001");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("size");
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }
}
