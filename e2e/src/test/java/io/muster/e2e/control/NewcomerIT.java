package io.muster.e2e.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.e2e.Program;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first hour with a control API, one site for all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class NewcomerIT {
  private static final int ROWS = 50;
  private static final int BAD_ROWS = 3;
  private static final int CLUSTERS = 3;

  /** Some polls of two seconds, on a busy machine. */
  private static final Duration SOME_POLLS = Duration.ofMinutes(1);

  /** Nobody listens on port 1 of this machine. */
  private static final String NOBODY = "127.0.0.1,1,m@pve!t=11111111-2222-4333-8444-555555555555";

  private final Centre centre;
  private final Muster muster;
  private final Path csv;
  private String agentEnvironment = "";

  NewcomerIT(@TempDir Path folder) throws IOException {
    centre = new Centre(Files.createDirectories(folder.resolve("centre")));
    muster = new Muster(Files.createDirectories(folder.resolve("home")));
    csv = folder.resolve("servers.csv");
  }

  @BeforeAll
  void writeCsv() throws IOException {
    var lines = new ArrayList<>(List.of("name,host,port,api_token,verify_ssl,site"));
    for (var cluster : centre.clusters()) {
      lines.add(
          "pve-%02d,%s,%d,%s,false,lab"
              .formatted(
                  lines.size(), cluster.url().getHost(), cluster.url().getPort(), cluster.token()));
    }
    while (lines.size() <= ROWS - BAD_ROWS) {
      lines.add("pve-%02d,%s,false,lab".formatted(lines.size(), NOBODY));
    }
    lines.add("bad-port,127.0.0.1,eighty,m@pve!t=11111111-2222-4333-8444-555555555555,true,lab");
    lines.add("bad-token,127.0.0.1,8006,no-token,true,lab");
    lines.add("pve-01," + NOBODY + ",false,lab");
    Files.write(csv, lines);
  }

  @AfterAll
  void end() {
    centre.close();
  }

  @Test
  @Order(1)
  void login_isAllThatTheOtherVerbsNeed() throws Exception {
    var refused =
        muster.piping("wrong\n", "login", centre.url(), "-u", "admin", "--password-stdin");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("Wrong name or password");
    var said =
        muster
            .piping(
                Centre.FIRST_PASSWORD + "\n",
                "login",
                centre.url(),
                "-u",
                "admin",
                "--password-stdin")
            .done();
    assertThat(said.out()).contains("Logged in at " + centre.url() + " as admin (admin)");
    assertThat(muster.run("servers", "list").done().out()).contains("No servers.");
  }

  @Test
  @Order(2)
  void site_isLinkedByItsToken() throws Exception {
    muster.run("sites", "add", "lab").done();
    agentEnvironment = muster.run("sites", "agent-token", "lab").done().out();
    assertThat(agentEnvironment).contains("MUSTER_AGENT_TOKEN=msa_");
    Program agent = centre.startAgent(agentEnvironment);
    Wait.until(
        SOME_POLLS,
        () -> "the agent is linked; " + agent.lastWords(),
        () -> muster.run("sites", "list").done().out().matches("(?s).*lab +connected.*"));
  }

  @Test
  @Order(3)
  void preview_showsBadRowsWithTheirLines_andChangesNothing() throws Exception {
    var preview = muster.run("servers", "import", csv.toString(), "--dry-run");
    assertThat(preview.exitCode()).as(preview.err()).isEqualTo(1);
    assertThat(preview.out())
        .contains("To do: 47 added, 0 changed, 0 unchanged, 3 wrong.")
        .contains("SHA-256 ")
        .containsPattern("(?m)^49 +bad-port .*ERROR\\n +port")
        .containsPattern("(?m)^50 +bad-token .*ERROR\\n +api_token")
        .containsPattern("(?m)^51 +pve-01 .*ERROR\\n +name");
    assertThat(servers()).isEmpty();
  }

  @Test
  @Order(4)
  void import_takesTheGoodRows_andTheSecondTimeNothing() throws Exception {
    var first = muster.run("servers", "import", csv.toString(), "--yes");
    assertThat(first.exitCode()).as(first.err()).isEqualTo(1);
    assertThat(first.out()).contains("Done: 47 added, 0 changed, 0 unchanged, 3 wrong.");
    var before = servers();
    assertThat(before).hasSize(ROWS - BAD_ROWS);
    var second = muster.run("servers", "import", csv.toString(), "--yes");
    assertThat(second.out()).contains("To do: 0 added, 0 changed, 47 unchanged, 3 wrong.");
    assertThat(servers()).extracting(s -> s.path("id")).isEqualTo(ids(before));
  }

  @Test
  @Order(5)
  void servers_goOnline_orSayWhyNot() throws Exception {
    until(
        "each server is online or says why not",
        () ->
            with("online").size() == CLUSTERS
                && with("offline").size() == ROWS - BAD_ROWS - CLUSTERS);
    assertThat(with("offline"))
        .allSatisfy(
            server -> assertThat(server.path("healthCheckError").asText()).contains("127.0.0.1"));
    assertThat(with("online")).extracting(s -> s.path("nodeCount").asInt()).containsOnly(1);
    var test = muster.run("servers", "test", "pve-01").done();
    assertThat(test.out()).contains("ok", "SHA-256");
    assertThat(muster.run("servers", "test", "pve-47").exitCode()).isEqualTo(1);
  }

  @Test
  @Order(6)
  void rename_isFollowedByTheAgent_andTheHistoryGoesOn() throws Exception {
    var id = muster.run("servers", "show", "pve-01", "--json").done().json().path("id").asText();
    muster.run("servers", "rename", "pve-01", "pve berlin").done();
    until(
        "rows have the new name",
        () -> count("connection_metrics", id, "server = 'pve berlin' AND success") > 1);
    assertThat(count("connection_metrics", id, "server = 'pve-01' AND success")).isPositive();
    assertThat(count("connection_metrics", id, "NOT success")).isZero();
    assertThat(count("server_states", id, "state = 'removed'")).isZero();
    assertThat(count("vm_states", id, "status = 'removed'")).isZero();
  }

  @Test
  @Order(7)
  void maintenance_isSeenInTheRows_andEndsWhenItIsSaid() throws Exception {
    var id = muster.run("servers", "show", "pve-02", "--json").done().json().path("id").asText();
    muster.run("maintenance", "pve-02", "2h", "--reason", "new disks").done();
    until("it is in maintenance", () -> latestState(id).equals("maintenance"));
    assertThat(muster.run("servers", "list", "--status", "maintenance").done().out())
        .contains("pve-02");
    muster.run("maintenance", "pve-02", "--end").done();
    until("it is no longer", () -> latestState(id).equals("active"));

    var node =
        "SELECT node, status FROM node_states WHERE server_id = '%s' LATEST ON ts PARTITION BY node";
    var name = centre.rows(node.formatted(id)).getFirst().path(0).asText();
    muster.run("maintenance", "pve-02", "2h", "--node", name).done();
    until(
        "its node is in maintenance",
        () -> centre.rows(node.formatted(id)).getFirst().path(1).asText().equals("maintenance"));
    assertThat(latestState(id)).isEqualTo("active");
    muster.run("maintenance", "pve-02", "--end", "--node", name).done();
    until(
        "it is no longer",
        () -> centre.rows(node.formatted(id)).getFirst().path(1).asText().equals("online"));
  }

  @Test
  @Order(8)
  void pollingGoesOn_whileTheControlApiIsAway() throws Exception {
    var id = muster.run("servers", "show", "pve-03", "--json").done().json().path("id").asText();
    centre.stopControl();
    var away = muster.run("servers", "list");
    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.err()).contains("Cannot reach the control API at " + centre.url());
    var before = count("connection_metrics", id, "success");
    until("it is polled", () -> count("connection_metrics", id, "success") >= before + 5);
    centre.startControl();
    until(
        "the agent is linked again",
        () -> muster.run("sites", "list").done().out().matches("(?s).*lab +connected.*"));
    assertThat(count("connection_metrics", id, "NOT success")).isZero();
    assertThat(count("server_states", id, "state = 'removed'")).isZero();
  }

  @Test
  @Order(9)
  void audit_hasEveryChange_andNoSecret() throws Exception {
    var audit = muster.run("audit", "--limit", "200").done().out();
    assertThat(audit).contains("pve berlin", "maintenance", "lab", "admin");
    var token = agentEnvironment.lines().toList().getLast().split("=", 2)[1];
    assertThat(audit).doesNotContain(token, centre.clusters().getFirst().token());
    var export = muster.run("servers", "export").done().out();
    assertThat(export.lines()).hasSize(ROWS - BAD_ROWS + 1);
    assertThat(export).doesNotContain("11111111-2222-4333-8444-555555555555");
    muster.run("logout").done();
    assertThat(muster.run("servers", "list").exitCode()).isEqualTo(1);
  }

  private List<JsonNode> servers() throws Exception {
    return muster.run("servers", "list", "--json").done().json().valueStream().toList();
  }

  private List<JsonNode> with(String status) throws Exception {
    return servers().stream()
        .filter(server -> server.path("connectionStatus").asText().equals(status))
        .toList();
  }

  private static List<JsonNode> ids(List<JsonNode> servers) {
    return servers.stream().map(server -> server.path("id")).toList();
  }

  private long count(String table, String id, String condition) {
    var sql =
        "SELECT count() FROM %s WHERE server_id = '%s' AND %s".formatted(table, id, condition);
    var rows = centre.rows(sql);
    return rows.isEmpty() ? 0 : rows.getFirst().path(0).asLong();
  }

  private String latestState(String id) {
    var sql =
        "SELECT state FROM server_states WHERE server_id = '%s' ORDER BY ts DESC LIMIT 1"
            .formatted(id);
    var rows = centre.rows(sql);
    return rows.isEmpty() ? "" : rows.getFirst().path(0).asText();
  }

  private static void until(String fact, Callable<Boolean> isSo) {
    Wait.until(SOME_POLLS, () -> fact, isSo);
  }
}
