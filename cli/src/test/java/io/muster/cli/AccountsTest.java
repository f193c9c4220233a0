package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites, users, tokens, tenants and the audit, as people see them. */
class AccountsTest {
  private static final String ID = "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50";

  @TempDir Path home;
  private final StandIn api;

  AccountsTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void agentToken_isPrintedOnce_asTheAgentsEnvironment() {
    api.on("POST /sites/name:berlin/agent-tokens", 201, "{\"id\":\"1\",\"token\":\"msa_1\"}");
    var muster = muster();
    assertThat(muster.run("sites", "agent-token", "berlin")).isZero();
    assertThat(muster.out())
        .isEqualTo(
            "MUSTER_URL=%s\nMUSTER_SITE=berlin\nMUSTER_AGENT_TOKEN=msa_1\n".formatted(api.url()));
    assertThat(muster.err()).contains("not shown again");
  }

  @Test
  void apiToken_isPrintedAlone_soThatAScriptCanTakeIt() {
    api.on("POST /tokens", 201, "{\"id\":\"1\",\"token\":\"mst_2\"}")
        .on("GET /servers/name:pve-1", 200, "{\"id\":\"0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50\"}");
    var muster = muster();
    assertThat(muster.run("tokens", "add", "report", "--expires", "90d", "--server", "pve-1"))
        .isZero();
    assertThat(muster.out()).isEqualTo("mst_2\n");
    assertThat(api.only("POST /tokens").body())
        .isEqualTo(
            "{\"name\":\"report\",\"role\":\"viewer\",\"expiresAt\":\"2027-02-19T12:00:00Z\",\"scope\":{\"servers\":[\"0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50\"]}}");
  }

  @Test
  void passwordOfANewUser_isShownOnce_andANameLeadsToTheAccount() {
    api.on("POST /users", 201, "{\"oneTimePassword\":\"kR3v\"}")
        .on("GET /users", 200, page("{\"id\":\"%s\",\"username\":\"anna\"}".formatted(ID)))
        .on("PATCH /users/" + ID, 200, "{}");
    var muster = muster();
    assertThat(muster.run("users", "add", "anna", "--role", "operator")).isZero();
    assertThat(muster.out()).contains("anna signs in with kR3v the first time");
    assertThat(api.only("POST /users").body())
        .isEqualTo("{\"username\":\"anna\",\"role\":\"operator\"}");
    assertThat(muster.run("users", "edit", "anna", "--no-enabled")).isZero();
    assertThat(api.only("PATCH /users/" + ID).body()).isEqualTo("{\"enabled\":false}");
    assertThat(muster.run("users", "edit", "bert", "--no-enabled")).isEqualTo(2);
    assertThat(muster.err()).contains("There is no \"bert\" among users.");
  }

  @Test
  void scope_isTakenWhole_andServersByTheirNames() {
    api.on("GET /servers/name:pve-1", 200, "{\"id\":\"%s\"}".formatted(ID))
        .on("POST /tokens", 201, "{\"id\":\"1\",\"token\":\"mst_2\"}")
        .on("POST /users", 201, "{\"oneTimePassword\":\"kR3v\"}")
        .on("PATCH /users/" + ID, 200, "{}");
    String[] scope = {
      "--server",
      "pve-1",
      "--server",
      ID,
      "--group",
      "a/b",
      "--group",
      "name:pve-1/a/b",
      "--tag",
      "shop",
      "--vm",
      "pve-1/qemu:101"
    };
    String written =
        "\"scope\":{\"servers\":[\"ID\",\"ID\"],\"groups\":[\"a/b\",\"ID/a/b\"],\"tags\":[\"shop\"],\"vmIds\":[\"ID/qemu:101\"]}}"
            .replace("ID", ID);
    assertThat(muster().run(with(scope, "tokens", "add", "shop"))).isZero();
    assertThat(api.only("POST /tokens").body()).endsWith(written);
    assertThat(muster().run(with(scope, "users", "add", "bert"))).isZero();
    assertThat(api.only("POST /users").body()).endsWith(written);
    assertThat(muster().run(with(scope, "users", "edit", ID))).isZero();
    assertThat(api.only("PATCH /users/" + ID).body()).isEqualTo("{" + written);
    assertThat(muster().run("users", "add", "bert", "--vm", "qemu:101")).isEqualTo(2);
  }

  @Test
  void scope_isTakenBack_butNotGivenAtTheSameTime() {
    api.on("PATCH /users/" + ID, 200, "{}");
    assertThat(muster().run("users", "edit", ID, "--whole-tenant")).isZero();
    assertThat(api.only("PATCH /users/" + ID).body())
        .isEqualTo("{\"scope\":{\"servers\":[],\"groups\":[],\"tags\":[],\"vmIds\":[]}}");
    assertThat(muster().run("users", "edit", ID, "--whole-tenant", "--tag", "shop")).isEqualTo(2);
  }

  @Test
  void lists_tellHowMuchIsSeen() {
    String scope =
        ",\"scope\":{\"servers\":[\"1\",\"2\"],\"groups\":[],\"tags\":[\"shop\"],\"vmIds\":[\"1/x\"]}}";
    api.on("GET /users", 200, page("{\"username\":\"anna\",\"role\":\"viewer\"" + scope))
        .on("GET /tokens", 200, page("{\"name\":\"report\",\"role\":\"viewer\"}"));
    var users = muster();
    assertThat(users.run("users", "list")).isZero();
    assertThat(users.out()).contains("SEES", "2 servers, 1 tag, 1 VM");
    var tokens = muster();
    assertThat(tokens.run("tokens", "list")).isZero();
    assertThat(tokens.out()).contains("SEES", " all ");
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void ownPassword_isChangedFromAPipe() {
    api.on("PUT /me/password", 204, "");
    assertThat(muster().piping("old one\nnew one\n").run("password", "--password-stdin")).isZero();
    assertThat(api.only("PUT /me/password").body()).contains("old one", "new one");
  }

  @Test
  void tables_fit80Columns() {
    api.on("GET /sites", 200, page("{\"name\":\"berlin\",\"agents\":[{\"connected\":true}]}"))
        .on("GET /users", 200, page("{\"username\":\"anna\",\"role\":\"admin\",\"enabled\":true}"))
        .on("GET /tokens", 200, page("{\"name\":\"report\",\"role\":\"viewer\"}"))
        .on("GET /tenants", 200, page("{\"name\":\"home\",\"serverLimit\":50}"))
        .on(
            "GET /audit",
            200,
            page(
                "{\"at\":\"2026-11-21T11:59:48.123Z\",\"who\":\"anna\",\"verb\":\"rename\",\"subject\":{\"kind\":\"server\",\"name\":\"pve-2\"},\"detail\":\"was pve-1\"}"));
    for (var list : new String[] {"sites list", "users list", "tokens list", "tenants list"}) {
      var muster = muster().columns(80);
      assertThat(muster.run(list.split(" ", -1))).as(list).isZero();
      assertThat(muster.out().lines()).hasSize(2).allMatch(line -> line.length() <= 80);
    }
    var muster = muster().columns(80);
    assertThat(muster.run("audit")).isZero();
    assertThat(muster.out()).contains("2026-11-21T11:59:48Z", "server pve-2", "  was pve-1");
  }

  @Test
  void missingRight_isToldAsTheApiTellsIt() {
    api.on("GET /users", 403, "{\"status\":403,\"detail\":\"This needs the role admin.\"}");
    var muster = muster();
    assertThat(muster.run("users", "list")).isEqualTo(1);
    assertThat(muster.err()).isEqualTo("muster: This needs the role admin.\n");
  }

  private static String page(String item) {
    return "{\"items\":[" + item + "],\"page\":0,\"size\":1000,\"total\":1}";
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }
}
