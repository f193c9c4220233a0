package io.muster.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AccountRoutesTest {
  private final ControlRig rig;
  private final TestTenant tenant;
  private final Client admin;

  AccountRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    admin = tenant.admin();
  }

  @Test
  void newUser_signsInWithTheOneTimePassword() {
    String name = ControlRig.name("grace");

    Answer made = admin.post("/api/v1/users", Map.of("username", name, "role", "viewer"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String password = made.json().path("oneTimePassword").asText();
    Answer login =
        rig.with(null)
            .send(
                "POST",
                "/api/v1/login",
                Map.of("username", name, "password", password),
                Map.of("X-Forwarded-For", "203.0.113.9"));
    assertThat(login.json().path("passwordChangeRequired").asBoolean()).isTrue();
    Answer shown = admin.get("/api/v1/users/" + made.json().path("id").asText());
    assertThat(shown.json().path("oneTimePassword").isNull()).isTrue();
    assertThat(shown.body()).doesNotContain(password).doesNotContain("$2");
  }

  @Test
  void badUser_isToldEachField() {
    Answer answer =
        admin.post(
            "/api/v1/users",
            Map.of("username", "No Way", "role", "king", "scope", Map.of("servers", List.of("x"))));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().findValuesAsText("field"))
        .containsExactly("username", "role", "scope.servers");
  }

  @Test
  void scope_isKeptAsItWasAskedFor() {
    String server = UUID.randomUUID().toString();
    Map<String, Object> scope =
        Map.of(
            "servers", List.of(server),
            "groups", List.of("shop", server + "/pool/nested"),
            "tags", List.of("customer"),
            "vmIds", List.of(server + "/pod:shop:web-0"));

    Answer made =
        admin.post("/api/v1/tokens", Map.of("name", "narrow", "role", "operator", "scope", scope));

    var kept = made.json().path("scope");
    assertThat(kept.path("groups")).hasSize(2);
    assertThat(kept.at("/vmIds/0").asText()).isEqualTo(server + "/pod:shop:web-0");
    assertThat(admin.get("/api/v1/tokens/" + made.json().path("id").asText()).json().path("scope"))
        .isEqualTo(kept);
  }

  @Test
  void badScope_isToldEachPart() {
    Answer answer =
        admin.post(
            "/api/v1/tokens",
            Map.of(
                "name",
                "narrow",
                "role",
                "viewer",
                "scope",
                Map.of(
                    "servers", List.of("pve-1"),
                    "groups", List.of(" "),
                    "tags", List.of("a;b"),
                    "vmIds", List.of("pve-1/qemu:101", UUID.randomUUID() + "/101"))));

    assertThat(answer.json().findValuesAsText("field"))
        .containsExactly("scope.servers", "scope.groups", "scope.tags", "scope.vmIds");
  }

  @Test
  void scopeFromBefore_isReadAsItWas() {
    UUID server = UUID.randomUUID();

    assertThat(
            rig.bean(ScopeText.class)
                .read("{\"servers\":[\"" + server + "\"],\"tags\":[\"customer\"]}"))
        .isEqualTo(new Scope(Set.of(server), Set.of(), Set.of("customer"), Set.of()));
  }

  @Test
  void unknownField_isToldByItsName() {
    Answer answer =
        admin.post("/api/v1/users", Map.of("username", "x", "role", "viewer", "rolle", "admin"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("rolle");
  }

  @Test
  void takenUserName_isAConflict() {
    String name = ControlRig.name("alan");
    rig.tenant().user(name, Role.VIEWER);

    Answer answer = admin.post("/api/v1/users", Map.of("username", name, "role", "viewer"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("exists");
  }

  @Test
  void lastAdmin_staysOne() {
    UUID last = tenant.user(ControlRig.name("root"), Role.ADMIN);

    assertThat(admin.delete("/api/v1/users/" + last).code()).isEqualTo("last-admin");
    assertThat(admin.patch("/api/v1/users/" + last, Map.of("role", "viewer")).code())
        .isEqualTo("last-admin");
    assertThat(admin.patch("/api/v1/users/" + last, Map.of("enabled", false)).code())
        .isEqualTo("last-admin");

    tenant.user(ControlRig.name("root"), Role.ADMIN);
    assertThat(admin.delete("/api/v1/users/" + last).status()).isEqualTo(204);
  }

  @Test
  void usersAndTokens_ofAnotherTenantAreNotThere() {
    UUID user = tenant.user(ControlRig.name("ann"), Role.VIEWER);
    String token = admin.post("/api/v1/tokens", token("mine")).json().path("id").asText();
    Client other = rig.tenant().admin();

    for (String path : List.of("/api/v1/users/" + user, "/api/v1/tokens/" + token)) {
      assertThat(other.get(path).status()).as(path).isEqualTo(404);
      assertThat(other.patch(path, Map.of("role", "admin")).status()).as(path).isEqualTo(404);
      assertThat(other.delete(path).status()).as(path).isEqualTo(404);
      assertThat(admin.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(other.get("/api/v1/users").json().path("total").asInt()).isZero();
  }

  @Test
  void token_worksUntilItIsRevokedAndIsShownOnce() {
    Answer made = admin.post("/api/v1/tokens", token("backup"));
    String text = made.json().path("token").asText();
    String path = "/api/v1/tokens/" + made.json().path("id").asText();
    Client script = rig.with(text);

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(text).startsWith("mst_").hasSize(47);
    assertThat(script.get("/api/v1/sites").status()).isEqualTo(200);
    assertThat(script.get("/api/v1/users").status()).isEqualTo(403);
    assertThat(admin.get("/api/v1/tokens").body()).doesNotContain(text);
    assertThat(admin.get(path).json().path("lastUsedAt").isNull()).isFalse();

    admin.patch(path, Map.of("role", "admin"));
    assertThat(script.get("/api/v1/users").status()).isEqualTo(200);

    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(script.get("/api/v1/sites").status()).isEqualTo(401);
  }

  @Test
  void token_needsAFreeNameARoleAndAFuture() {
    admin.post("/api/v1/tokens", token("twice"));

    Answer bad =
        admin.post("/api/v1/tokens", Map.of("name", " ", "expiresAt", Instant.EPOCH.toString()));

    assertThat(bad.json().findValuesAsText("field")).containsExactly("name", "role", "expiresAt");
    assertThat(admin.post("/api/v1/tokens", token("twice")).code()).isEqualTo("exists");
  }

  private static Map<String, String> token(String name) {
    return Map.of("name", name, "role", "viewer");
  }

  @Test
  void lists_comeInPagesByName() {
    for (String name : List.of("b", "a", "c")) {
      tenant.user(name + "-" + tenant.id(), Role.VIEWER);
    }

    var page = admin.get("/api/v1/users?page=1&size=2").json();

    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("items")).hasSize(1);
    assertThat(page.at("/items/0/username").asText()).startsWith("c-");
  }
}
