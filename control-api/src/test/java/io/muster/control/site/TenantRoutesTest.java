package io.muster.control.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TenantRoutesTest {
  private final ControlRig rig;
  private final Client installation;

  TenantRoutesTest(Database database) {
    rig = ControlRig.on(database);
    installation = rig.home().admin();
  }

  private Answer create(String name, String admin) {
    return installation.post("/api/v1/tenants", Map.of("name", name, "admin", admin));
  }

  @Test
  void newTenant_hasAnAdminWhoSeesNothingElse() {
    String name = ControlRig.name("customer");

    Answer made = create(name, "root@" + name);

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().path("serverLimit").asInt()).isEqualTo(50);
    Answer login =
        rig.with(null)
            .send(
                "POST",
                "/api/v1/login",
                Map.of(
                    "username",
                    "root@" + name,
                    "password",
                    made.json().path("adminPassword").asText()),
                Map.of("X-Forwarded-For", "203.0.113.10"));
    assertThat(login.json().path("tenant").asText()).isEqualTo(name);
    assertThat(login.json().path("role").asText()).isEqualTo("admin");
  }

  @Test
  void tenantsAdmin_seesTheOwnTenantAlone() {
    var mine = rig.tenant();
    var other = rig.tenant();
    Client admin = mine.admin();

    assertThat(admin.get("/api/v1/tenants").json().path("total").asInt()).isEqualTo(1);
    assertThat(admin.get("/api/v1/tenants/" + other.id()).status()).isEqualTo(404);
    assertThat(admin.patch("/api/v1/tenants/" + other.id(), Map.of()).status()).isEqualTo(404);
    assertThat(admin.patch("/api/v1/tenants/" + mine.id(), Map.of("serverLimit", 9999)).status())
        .isEqualTo(403);
    assertThat(
            admin
                .post("/api/v1/tenants", Map.of("name", ControlRig.name("t"), "admin", "x"))
                .status())
        .isEqualTo(403);
    assertThat(installation.get("/api/v1/tenants").json().path("total").asInt()).isGreaterThan(2);
  }

  @Test
  void tenant_isChangedAndDeletedOnceItIsEmpty() {
    var tenant = rig.tenant();
    String path = "/api/v1/tenants/" + tenant.id();
    String site = tenant.site(ControlRig.name("site")).toString();
    Client admin = tenant.admin();

    assertThat(
            installation.patch(path, Map.of("serverLimit", 3)).json().path("serverLimit").asInt())
        .isEqualTo(3);
    assertThat(installation.patch(path, Map.of("serverLimit", -1)).status()).isEqualTo(400);
    assertThat(installation.delete(path).code()).isEqualTo("not-empty");
    admin.delete("/api/v1/sites/" + site);
    assertThat(installation.delete(path).status()).isEqualTo(204);
    assertThat(admin.get("/api/v1/sites").status()).isEqualTo(401);
  }

  @Test
  void homeTenant_stays() {
    assertThat(installation.delete("/api/v1/tenants/" + rig.home().id()).code())
        .isEqualTo("home-tenant");
  }
}
