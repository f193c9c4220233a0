package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of an import; what it does is the API's. */
class ImportTest {
  private static final String POST = "POST /servers/import";

  @TempDir Path home;
  private final StandIn api;
  private Path file = Path.of("");

  ImportTest() throws IOException {
    api = new StandIn();
  }

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(home.resolve("servers.csv"), "name;host;api_token\n");
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void preview_isATable_andNothingIsWrittenWithoutAYes() {
    api.on(POST, 200, PREVIEW);
    var muster = muster().columns(80).typing("n");
    assertThat(muster.run("servers", "import", file.toString())).isEqualTo(1);
    assertThat(muster.out().lines())
        .as(muster.out())
        .allMatch(line -> line.length() <= 80 || line.contains("5C:8B:2E"));
    assertThat(muster.out())
        .contains("pve-1", "pve-2", "NOT TRUSTED", "5C:8B:2E", "ERROR")
        .contains("  port: found 'eighty', expected 1 to 65535")
        .contains("To do: 2 added, 0 changed, 0 unchanged, 1 wrong.");
    assertThat(muster.err()).contains("Import 2 servers? [y/N]", "Nothing was imported.");
    assertThat(api.only(POST).query()).isEqualTo("dryRun=true&update=false&trustSeen=false");
    assertThat(api.only(POST).header("Content-type")).isEqualTo("text/csv");
  }

  @Test
  void aYes_writes_andARowThatFailedEndsWith1() {
    api.on(POST, 200, PREVIEW).on(POST, 200, PREVIEW);
    var muster = muster().typing("y");
    assertThat(muster.run("servers", "import", file.toString(), "--update", "--trust-seen"))
        .isEqualTo(1);
    assertThat(api.requests())
        .extracting(StandIn.Request::query)
        .containsExactly(
            "dryRun=true&update=true&trustSeen=true",
            "dryRun=false&update=true&trustSeen=true&seen=" + PIN.replace(":", "") + "," + OTHER);
    assertThat(muster.out()).contains("Done: 2 added, 0 changed, 0 unchanged, 1 wrong.");
  }

  @Test
  void importedTwice_nothingIsAskedAndNothingDone() {
    api.on(POST, 200, "{\"created\":0,\"updated\":0,\"unchanged\":2,\"failed\":[],\"servers\":[]}");
    var muster = muster();
    assertThat(muster.run("servers", "import", file.toString())).isZero();
    assertThat(muster.out()).contains("0 added, 0 changed, 2 unchanged, 0 wrong.");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void scripts_sayYes_andReadJson() {
    api.on(POST, 200, PREVIEW).on(POST, 200, PREVIEW);
    var muster = muster();
    assertThat(muster.run("servers", "import", file.toString())).isEqualTo(2);
    assertThat(muster.err()).contains("--yes");
    assertThat(muster.run("servers", "import", file.toString(), "--yes", "--json")).isEqualTo(1);
    assertThat(muster.out()).startsWith("{").contains("\"created\" : 2");
  }

  @Test
  void standardInput_isTakenForWhatItBeginsWith() {
    api.on(POST, 200, PREVIEW);
    assertThat(muster().piping("\n {\"servers\":[]}").run("servers", "import", "-", "--dry-run"))
        .isEqualTo(1);
    assertThat(api.only(POST).header("Content-type")).isEqualTo("application/json");
    assertThat(muster().run("servers", "import", "/nowhere.csv")).isEqualTo(2);
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }

  private static final String PIN =
      "5C:8B:2E:11:7A:94:D3:6F:08:B1:C2:E7:49:3D:A6:50:1F:92:8C:E4:7B:35:60:DA:F8:13:9E:C7:24:6B:8D:01";
  private static final String OTHER = "AB".repeat(32);

  private static final String PREVIEW =
      """
      {"success":2,"created":2,"updated":0,"unchanged":0,
       "servers":[
        {"index":0,"line":2,"name":"pve-1","provider":"proxmox","outcome":"created",
         "certificate":PVE,"certificates":[PVE]},
        {"index":1,"line":3,"name":"pve-2","provider":"proxmox","outcome":"created",
         "certificate":R11,"certificates":[R11]}],
       "failed":[{"index":2,"line":4,"name":"pve-3","field":"port","error":"found 'eighty', expected 1 to 65535"}]}
      """
          .replace(
              "PVE",
              """
              {"issuer":"CN=Proxmox Virtual Environment, OU=4f1d, O=Cluster Manager CA",
               "sha256":"%s","notAfter":"2027-11-01T00:00:00Z","trusted":false}\
              """
                  .formatted(PIN))
          .replace("R11", "{\"issuer\":\"CN=R\",\"sha256\":\"" + OTHER + "\",\"trusted\":true}");
}
