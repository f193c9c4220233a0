package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {
  private static final String ID = "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50";

  @TempDir Path home;
  private final StandIn api;

  ServersTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void list_isATableOf80Columns_withTheReasonBelowWhatIsNotOnline() {
    api.on("GET /servers", 200, SERVERS);
    var muster = muster().columns(80);
    assertThat(muster.run("servers", "list")).isZero();
    assertThat(muster.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(muster.out())
        .contains("NAME", "CHECKED", "12 s ago", "99 %", "disabled")
        .contains("  Cannot connect to 192.0.2.7:8006: no answer within 10 s")
        .doesNotContain("\u001b[");
    assertThat(muster().run("servers", "list", "--status", "offline", "--json")).isZero();
  }

  @Test
  void list_readsAllPages() {
    api.on("GET /servers", 200, "{\"items\":[{\"name\":\"a\"}],\"page\":0,\"size\":1,\"total\":2}")
        .on(
            "GET /servers",
            200,
            "{\"items\":[{\"name\":\"b\"}],\"page\":1,\"size\":1,\"total\":2}");
    var muster = muster();
    assertThat(muster.run("servers", "list", "--json")).isZero();
    assertThat(muster.out()).contains("\"a\"", "\"b\"");
    assertThat(api.requests())
        .extracting(StandIn.Request::query)
        .containsExactly("page=0&size=1000", "page=1&size=1000");
  }

  @Test
  void add_asksForTheSecret_andNeverTakesItAsAnArgument() {
    api.on("POST /servers", 201, "{\"id\":\"" + ID + "\",\"name\":\"pve 1\"}");
    var muster = muster().typing("the-secret");
    assertThat(
            muster.run(
                "servers",
                "add",
                "pve 1",
                "--host",
                "pve-1",
                "--token-id",
                "m@pve!t",
                "--tag",
                "a",
                "--tag",
                "b",
                "--no-verify-tls",
                "--set",
                "nodeAddresses={\"pve-2\":\"https://10.0.0.2:8006\"}"))
        .as(muster.err())
        .isZero();
    assertThat(api.only("POST /servers").body())
        .isEqualTo(
            "{\"host\":\"pve-1\",\"tokenId\":\"m@pve!t\",\"verifyTls\":false,\"tags\":[\"a\",\"b\"],\"nodeAddresses\":{\"pve-2\":\"https://10.0.0.2:8006\"},\"name\":\"pve 1\",\"provider\":\"proxmox\",\"tokenSecret\":\"the-secret\"}");
    assertThat(muster.out()).contains(ID, "servers test \"pve 1\"").doesNotContain("the-secret");
  }

  @Test
  void add_withoutATerminal_saysHowToGiveTheSecret() {
    var muster = muster();
    assertThat(muster.run("servers", "add", "a", "--host", "h", "--token-id", "t")).isEqualTo(2);
    assertThat(muster.err()).contains("--secret-stdin", "--secret-file");
  }

  @Test
  void refusal_isToldFieldByField() {
    api.on(
        "POST /servers",
        new StandIn.Reply(
            400,
            "application/problem+json",
            "{\"status\":400,\"detail\":\"2 fields are wrong.\",\"code\":\"invalid\",\"errors\":[{\"field\":\"port\",\"message\":\"must be 1 to 65535\"},{\"field\":\"tokenId\",\"message\":\"must be user@realm!tokenid\"}]}",
            Map.of()));
    var muster = muster().typing("s");
    assertThat(muster.run("servers", "add", "a", "--host", "h")).isEqualTo(1);
    assertThat(muster.err())
        .isEqualTo(
            "tokenSecret: \nmuster: 2 fields are wrong. (invalid)\n  port: must be 1 to 65535\n  tokenId: must be user@realm!tokenid\n");
  }

  @Test
  void rename_changesWhatWasSeen_andNothingElse() {
    var path = "/servers/name:pve%201";
    api.on(
            "GET " + path,
            new StandIn.Reply(
                200, "application/json", "{\"id\":\"" + ID + "\"}", Map.of("ETag", "\"7\"")))
        .on("PATCH /servers/" + ID, 200, "{\"name\":\"pve 2\"}");
    assertThat(muster().run("servers", "rename", "pve 1", "pve 2")).isZero();
    var patch = api.only("PATCH /servers/" + ID);
    assertThat(patch.header("If-match")).isEqualTo("\"7\"");
    assertThat(patch.body()).isEqualTo("{\"name\":\"pve 2\"}");
  }

  @Test
  void anothersChange_isNotUndone() {
    api.on("GET /servers/" + ID, 200, "{\"id\":\"" + ID + "\"}")
        .on("PATCH /servers/" + ID, 412, "{\"status\":412,\"detail\":\"It is version 8.\"}");
    var muster = muster();
    assertThat(muster.run("servers", "disable", ID)).isEqualTo(1);
    assertThat(muster.err()).contains("version 8", "meanwhile");
  }

  @Test
  void delete_asks_andDoesNothingWithoutAYes() {
    api.on("DELETE /servers/name:a", 204, "").on("DELETE /servers/name:b", 204, "");
    assertThat(muster().typing("no").run("servers", "delete", "a", "b")).isEqualTo(1);
    assertThat(api.requests()).isEmpty();
    assertThat(muster().run("servers", "delete", "a")).isEqualTo(2);
    assertThat(muster().typing("y").run("servers", "delete", "a", "b")).isZero();
    assertThat(muster().run("servers", "delete", "a", "--yes")).isZero();
    assertThat(api.requests()).hasSize(3);
  }

  @Test
  void maintenance_endsByItselfAtATime() {
    api.on("PUT /servers/name:pve-1/maintenance", 200, "{}")
        .on("DELETE /servers/name:pve-1/maintenance", 204, "");
    var muster = muster();
    assertThat(muster.run("maintenance", "pve-1", "2h", "--reason", "disks")).isZero();
    assertThat(api.only("PUT /servers/name:pve-1/maintenance").body())
        .isEqualTo("{\"until\":\"2026-11-21T14:00:00Z\",\"reason\":\"disks\"}");
    assertThat(muster.run("maintenance", "pve-1", "--end")).isZero();
    assertThat(muster.run("maintenance", "pve-1")).isEqualTo(2);
    assertThat(muster.run("maintenance", "pve-1", "soon")).isEqualTo(2);
    assertThat(muster.err()).contains("\"soon\"", "30m, 2h or 3d");
  }

  @Test
  void export_goesToAFileAsItCame() throws IOException {
    api.on("GET /servers/export", new StandIn.Reply(200, "text/csv", "name,host\nä,b\n", Map.of()));
    var muster = muster();
    assertThat(muster.run("servers", "export")).isZero();
    assertThat(muster.out()).isEqualTo("name,host\nä,b\n");
    assertThat(api.only("GET /servers/export").header("Accept"))
        .isEqualTo("text/csv, application/problem+json");
    var file = home.resolve("out.csv");
    assertThat(muster.run("servers", "export", "-o", file.toString())).isZero();
    assertThat(Files.readString(file)).isEqualTo("name,host\nä,b\n");
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }

  private static final String SERVERS =
      """
      {"page":0,"size":1000,"total":3,"items":[
        {"id":"1","name":"pve-cluster-of-the-berlin-office","site":"berlin","provider":"proxmox",
         "enabled":true,"connectionStatus":"online","nodeCount":5,"avgResponseTimeMs":18.4,
         "successRate":99.2,"lastHealthCheckAt":"2026-11-21T11:59:48Z","healthCheckError":null},
        {"id":"2","name":"pve-lab","site":"berlin","provider":"proxmox","enabled":true,
         "connectionStatus":"offline","nodeCount":null,"avgResponseTimeMs":null,"successRate":null,
         "lastHealthCheckAt":"2026-11-21T11:59:48Z",
         "healthCheckError":"Cannot connect to 192.0.2.7:8006: no answer within 10 s. Is there a firewall between the agent of site berlin and it?"},
        {"id":"3","name":"k8s","site":"lab","provider":"kubernetes","enabled":false,
         "connectionStatus":"unknown"}]}
      """;
}
