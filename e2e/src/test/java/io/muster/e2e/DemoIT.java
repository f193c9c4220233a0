package io.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One demo, from its start over a stopped node and a deleted guest to its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DemoIT {
  private static final int GUESTS = 12;
  private static final int PODS = 60;
  private static final int HOSTS = 4;
  private static final int INSTANCES = 40;

  /** QuestDB, three simulators, the control API and the agent. */
  private static final int PROGRAMS = 6;

  /** The promise is 60 s from the build's end to rows, start of all programs included. */
  private static final Duration FIRST_ROWS = Duration.ofSeconds(60);

  /** Two polls of 10 s, and the time of a busy machine to write and read them. */
  private static final Duration TWO_TICKS = Duration.ofSeconds(30);

  private final Launcher demo;
  private final JsonNode endpoints;
  private final Sql sql;
  private final List<ProcessHandle> programs;

  /** JUnit makes one instance for all tests: the demo starts with it. */
  DemoIT() throws IOException, SQLException {
    demo =
        Launcher.start(
            "demo",
            "e2e-demo",
            "--guests",
            String.valueOf(GUESTS),
            "--hosts",
            String.valueOf(HOSTS),
            "--instances",
            String.valueOf(INSTANCES));
    demo.awaitStarted();
    endpoints = demo.endpoints();
    sql = Sql.connect(endpoints);
    programs = demo.programs();
  }

  @AfterAll
  void end() throws Exception {
    sql.close();
    demo.close();
  }

  @Test
  @Order(1)
  void demo_showsNodesVmsStoragesAndConnections() throws SQLException {
    // States and samples are two tables: each is visible in its own moment.
    until(
        FIRST_ROWS,
        () ->
            rows("SELECT * FROM node_now WHERE provider = 'proxmox' AND status = 'online' AND memory_total_bytes > 0")
                    .size()
                == 3);
    until(
        TWO_TICKS, () -> rows("SELECT * FROM vm_now WHERE provider = 'proxmox'").size() == GUESTS);
    assertThat(rows("SELECT * FROM node_now WHERE provider = 'proxmox'"))
        .allSatisfy(node -> {
          assertThat(node.text("provider")).isEqualTo("proxmox");
          assertThat(node.number("memory_total_bytes")).isPositive();
          assertThat(node.number("cpu_usage_ratio")).isBetween(0.0, 1.0);
        });
    var groups =
        rows(
            "SELECT type, status, count() FROM vm_now WHERE provider = 'proxmox' GROUP BY type, status");
    assertThat(groups.stream().mapToDouble(group -> group.number("count()")).sum())
        .isEqualTo(GUESTS);
    assertThat(groups).extracting(group -> group.text("type")).containsOnly("qemu", "lxc");
    assertThat(
            rows(
                "SELECT * FROM storage_metrics LATEST ON ts PARTITION BY server_id, node, storage"))
        .isNotEmpty();
  }

  @Test
  @Order(2)
  void demo_leavesARowForEachPoll() throws SQLException {
    until(TWO_TICKS, () -> rows("SELECT * FROM connection_metrics WHERE success").size() >= 2);
    assertThat(rows("SELECT * FROM connection_metrics WHERE NOT success")).isEmpty();
  }

  @Test
  @Order(3)
  void endpoints_areThereForScripts_andForTheirOwnerAlone() throws IOException {
    assertThat(endpoints.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "questdbHttp",
            "questdbPg",
            "questdbUser",
            "questdbPassword",
            "agent",
            "control",
            "controlUser",
            "controlPassword",
            "simulator",
            "kubernetesSimulator",
            "openstackSimulator");
    assertThat(permissions("")).isEqualTo("rwx------");
    for (var secret :
        List.of(
            "endpoints.json",
            "credentials.json",
            "infrastructure_config.json",
            "control-admin-password")) {
      assertThat(permissions(secret)).as(secret).isEqualTo("rw-------");
    }
    assertThat(get(endpoints.path("agent").asText() + "/health/readiness")).contains("UP");
  }

  @Test
  @Order(4)
  void secrets_areInNoLogAndOnNoCommandLine() throws IOException {
    var inventory = Files.readString(demo.stateFolder().resolve("infrastructure_config.json"));
    var secrets = new ArrayList<String>();
    secrets.add(endpoints.path("questdbPassword").asText());
    secrets.add(endpoints.path("controlPassword").asText());
    var token = inventory.replaceAll("(?s).*\"token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    assertThat(token).hasSizeBetween(16, 2000);
    secrets.add(inventory.replaceAll("(?s).*\"tokenSecret\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
    secrets.add(
        inventory.replaceAll("(?s).*\"applicationCredentialSecret\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
    assertThat(secrets).allSatisfy(secret -> assertThat(secret).hasSizeBetween(16, 128));
    for (var program : programs) {
      assertThat(program.info().commandLine().orElse(""))
          .contains("java")
          .doesNotContain(secrets)
          .doesNotContain(token);
    }
    try (var logs = Files.list(demo.stateFolder().resolve("log"))) {
      for (var log : logs.toList()) {
        assertThat(Files.readString(log))
            .as(log.toString())
            .doesNotContain(secrets)
            .doesNotContain(token);
      }
    }
  }

  @Test
  @Order(5)
  void secondDemo_isRefusedNamingTheFirst() throws Exception {
    var second = Launcher.start("demo", "e2e-demo");
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.text())
        .contains("\"e2e-demo\" runs already")
        .contains("process " + demo.handle().pid());
    assertThat(programs).allMatch(ProcessHandle::isAlive);
  }

  @Test
  @Order(6)
  void deletedGuest_isGoneFromVmNowWithinTwoTicks() throws Exception {
    var victim = rows("SELECT vm_id FROM vm_now WHERE provider = 'proxmox'").getFirst();
    var id = victim.text("vm_id");
    control("DELETE", "/guests/" + id.substring(id.indexOf(':') + 1));
    until(
        TWO_TICKS,
        () -> rows("SELECT vm_id FROM vm_now WHERE vm_id = '%s'".formatted(id)).isEmpty());
    assertThat(rows("SELECT * FROM vm_now WHERE provider = 'proxmox'")).hasSize(GUESTS - 1);
    assertThat(
            rows(
                "SELECT status FROM vm_states WHERE vm_id = '%s' AND status = 'removed'"
                    .formatted(id)))
        .hasSize(1);
  }

  @Test
  @Order(7)
  void stoppedNode_changesItsOwnAndItsGuestsRowsAlone() throws Exception {
    var before = statuses();
    assertThat(before.values()).doesNotContain("unknown", "offline");
    control("POST", "/nodes/pve2/stop");
    until(
        TWO_TICKS,
        () ->
            rows("SELECT status FROM node_now WHERE node = 'pve2'")
                .getFirst()
                .text("status")
                .equals("offline"));

    var mine = new HashSet<String>(Set.of("node pve2"));
    rows("SELECT vm_id FROM vm_now WHERE node = 'pve2'")
        .forEach(vm -> mine.add("vm " + vm.text("vm_id")));
    assertThat(mine.size()).as("the node had guests").isGreaterThan(1);
    var after = statuses();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((thing, status) -> {
      if (!mine.contains(thing)) {
        assertThat(status).as(thing).isEqualTo(before.get(thing));
      } else if (thing.startsWith("vm ")) {
        assertThat(status).as(thing).isEqualTo("unknown");
      }
    });
  }

  @Test
  @Order(8)
  void up_readsTheServersOfAnInventoryBesideTheDemo() throws Exception {
    var inventory = demo.stateFolder().resolve("infrastructure_config.json").toString();
    try (var up = Launcher.start("up", "e2e-up", "--config", inventory).awaitStarted();
        var theirs = Sql.connect(up.endpoints())) {
      Wait.until(
          FIRST_ROWS,
          () -> "the rows are there; the launcher says:\n" + up.text(),
          () -> theirs.rows("SELECT * FROM node_now WHERE memory_total_bytes > 0").size() >= 2);
      assertThat(up.endpoints().has("simulator")).isFalse();
      assertThat(up.text()).contains("is taken by process", "gets");
    }
  }

  @Test
  @Order(9)
  void demo_showsAKubernetesClusterWithItsTroubles() throws SQLException {
    until(
        FIRST_ROWS,
        () ->
            rows("SELECT * FROM node_now WHERE provider = 'kubernetes' AND status = 'ready' AND memory_used_bytes > 0")
                    .size()
                == 3);
    until(
        TWO_TICKS,
        () ->
            rows("SELECT * FROM vm_now WHERE type = 'pod' AND memory_used_bytes > 0").size()
                > PODS / 2);
    assertThat(rows("SELECT * FROM vm_now WHERE type = 'deployment'"))
        .isNotEmpty()
        .allSatisfy(
            deployment -> assertThat(deployment.number("replicas_desired")).isNotNegative());
    until(
        FIRST_ROWS,
        () ->
            !rows("SELECT * FROM vm_states WHERE type = 'pod' AND status = 'failed' AND status_detail = 'CrashLoopBackOff'")
                .isEmpty());
  }

  @Test
  @Order(10)
  void demo_showsAnOpenStackCloudWithItsTroubles() throws SQLException {
    until(
        FIRST_ROWS,
        () ->
            rows("SELECT * FROM node_now WHERE provider = 'openstack' AND vcpus_allocated IS NOT NULL")
                    .size()
                == HOSTS);
    until(
        FIRST_ROWS,
        () ->
            rows("SELECT * FROM vm_now WHERE type = 'instance'").size() >= INSTANCES
                && !rows("SELECT * FROM vm_now WHERE type = 'instance' AND cpu_usage_ratio >= 0")
                    .isEmpty());
    assertThat(rows("SELECT DISTINCT vm_group FROM vm_now WHERE type = 'instance'").size())
        .isGreaterThan(1);
    assertThat(rows("SELECT * FROM vm_now WHERE type = 'instance' AND status = 'failed'"))
        .isNotEmpty();
    // What nobody measures is not made up.
    assertThat(rows("SELECT * FROM node_now WHERE provider = 'openstack'"))
        .allSatisfy(node ->
            assertThat(node.cells())
                .containsEntry("cpu_usage_ratio", null)
                .containsEntry("memory_used_bytes", null));
  }

  @Test
  @Order(11)
  void platformThatIsGone_changesItsOwnRowsAlone() throws Exception {
    kill("openstack", "openstackSimulator", "refused", Set.of("kubernetes", "proxmox"));
    kill("proxmox", "simulator", "dropped", Set.of("kubernetes"));
  }

  @Test
  @Order(12)
  void everyTable_hasRowsOfEachPlatformThatKnowsSuchThings() throws Exception {
    var pod = rows("SELECT vm_id FROM vm_now WHERE type = 'pod' AND status = 'running'").getFirst();
    var path = pod.text("vm_id").replaceFirst("pod:", "").replace(':', '/');
    control("kubernetesSimulator", "POST", "/pods/" + path + "/image-pull");
    var all = Set.of("proxmox", "kubernetes", "openstack");
    for (var table : List.of("connection_metrics", "server_states", "node_states", "vm_states")) {
      assertThat(providers(table)).as(table).isEqualTo(all);
    }
    for (var table : List.of("node_metrics", "vm_metrics", "events")) {
      until(FIRST_ROWS, () -> providers(table).equals(all));
    }
    until(
        FIRST_ROWS, () -> providers("storage_metrics").containsAll(Set.of("proxmox", "openstack")));
    until(FIRST_ROWS, () -> providers("quota_metrics").contains("openstack"));
  }

  @Test
  @Order(13)
  void sigterm_endsAllPrograms() throws Exception {
    assertThat(programs).hasSize(PROGRAMS).allMatch(ProcessHandle::isAlive);
    demo.terminate();
    assertThat(demo.awaitExit()).isEqualTo(128 + 15);
    assertThat(programs).noneMatch(ProcessHandle::isAlive);
    assertThat(demo.text()).contains("Ending …");
    assertThat(demo.stateFolder().resolve("endpoints.json")).doesNotExist();
  }

  private Set<String> providers(String table) throws SQLException {
    var providers = new HashSet<String>();
    rows("SELECT DISTINCT provider FROM " + table)
        .forEach(row -> providers.add(row.text("provider")));
    return providers;
  }

  /** Nobody answers there any more for a while; the others go on as they were. */
  private void kill(String platform, String simulator, String fault, Set<String> others)
      throws Exception {
    var before = knownOf(others);
    var since = rows("SELECT now() AS ts").getFirst().text("ts");
    control(simulator, "POST", "/faults?kind=" + fault);
    // One poll was under way when it went: the next one is wholly without it.
    until(TWO_TICKS, () -> failedSince(since).contains(platform));
    assertThat(
            rows(
                "SELECT * FROM server_now WHERE provider = '%s' AND status = 'down'"
                    .formatted(platform)))
        .hasSize(1);
    assertThat(failedSince(since)).doesNotContainAnyElementsOf(others);
    assertThat(knownOf(others)).as("without " + platform).isEqualTo(before);
    control(simulator, "DELETE", "/faults");
  }

  /** Platforms with a poll since then that failed. */
  private Set<String> failedSince(String ts) throws SQLException {
    var failed = new HashSet<String>();
    rows("SELECT provider FROM connection_metrics WHERE NOT success AND ts > '%s'".formatted(ts))
        .forEach(row -> failed.add(row.text("provider")));
    return failed;
  }

  /** The status of each node, and VMs of which nothing is known: these live on by themselves. */
  private Map<String, String> knownOf(Set<String> platforms) throws SQLException {
    var known = new TreeMap<String, String>();
    for (var row :
        rows(
            "SELECT provider, node AS thing, status FROM node_now UNION ALL"
                + " SELECT provider, vm_id, status FROM vm_now WHERE status = 'unknown'")) {
      if (platforms.contains(row.text("provider"))) {
        known.put(row.text("provider") + " " + row.text("thing"), row.text("status"));
      }
    }
    assertThat(known).as("of " + platforms).isNotEmpty();
    return known;
  }

  /** By "node pve1" and "vm qemu:100". */
  private Map<String, String> statuses() throws SQLException {
    var statuses = new TreeMap<String, String>();
    for (Row node : rows("SELECT node, status FROM node_now WHERE provider = 'proxmox'")) {
      statuses.put("node " + node.text("node"), node.text("status"));
    }
    for (Row vm : rows("SELECT vm_id, status FROM vm_now WHERE provider = 'proxmox'")) {
      statuses.put("vm " + vm.text("vm_id"), vm.text("status"));
    }
    return statuses;
  }

  private List<Row> rows(String statement) throws SQLException {
    return sql.rows(statement);
  }

  private void until(Duration patience, Callable<Boolean> isSo) {
    Wait.until(patience, () -> "the rows are there; the launcher says:\n" + demo.text(), isSo);
  }

  private void control(String method, String path) throws Exception {
    control("simulator", method, path);
  }

  private void control(String simulator, String method, String path) throws Exception {
    var uri = URI.create(endpoints.path(simulator).asText() + path);
    var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static String get(String url) throws IOException {
    try (var body = URI.create(url).toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(demo.stateFolder().resolve(file)));
  }
}
