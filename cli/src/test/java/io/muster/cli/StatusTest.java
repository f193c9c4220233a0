package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts, VMs, nodes and history, as people see them. */
class StatusTest {
  static final String STATUS =
      """
      {"servers":{"total":3,"online":2,"offline":1},"agents":{"total":1,"connected":1,"lost":0},
       "nodes":{"total":9,"online":9},"vms":{"total":5000,"running":4990,"failed":10},"error":null}
      """;

  @TempDir Path home;
  private final StandIn api;

  StatusTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void status_isALineForEachKind() {
    api.on("GET /status", 200, STATUS);
    var muster = muster();
    assertThat(muster.run("status")).isZero();
    assertThat(muster.out())
        .isEqualTo(
            """
            servers  3      2 online, 1 offline
            agents   1      1 connected
            nodes    9      9 online
            vms      5,000  4,990 running, 10 failed
            """);
  }

  @Test
  void status_saysWhatIsNotKnown_andWhy() {
    api.on(
        "GET /status",
        200,
        "{\"servers\":{\"total\":0},\"agents\":{\"total\":0},\"nodes\":null,\"vms\":null,\"error\":\"QuestDB"
            + " is away.\"}");
    var muster = muster();
    assertThat(muster.run("status")).isZero();
    assertThat(muster.out()).contains("servers  0", "vms      –");
    assertThat(muster.err()).isEqualTo("QuestDB is away.\n");
  }

  @Test
  void vms_areNamedAsOtherVerbsTakeThem_andWhatIsNotReadIsSaid() {
    api.on("GET /vms", 200, VMS);
    var muster = muster().columns(80);
    assertThat(muster.run("vms", "list", "--server", "pve 1", "--status", "running", "-q", "web"))
        .as(muster.err())
        .isZero();
    assertThat(api.requests().getFirst().query())
        .isEqualTo("server=name:pve 1&status=running&q=web&after=start&size=1000");
    assertThat(muster.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(muster.out()).contains("pve 1/qemu:101", "web-1", "25 %", "3 d", "failed (Crash");
    assertThat(muster.err()).isEqualTo("pve-2 is not read: no answer within 10 s\n");
    assertThat(muster.run("vms", "list", "--json")).isZero();
    assertThat(muster.out()).startsWith("[ {").contains("\"vmId\" : \"qemu:101\"");
  }

  @Test
  void vms_areWalkedThrough_andShownByName() {
    api.on(
            "GET /vms",
            200,
            "{\"items\":[{\"serverName\":\"b\",\"vmId\":\"qemu:1\"},{\"serverName\":\"a\",\"vmId\":\"qemu:2\",\"name\":\"z\"}],\"next\":\"k2\",\"servers\":[]}")
        .on(
            "GET /vms",
            200,
            "{\"items\":[{\"serverName\":\"a\",\"vmId\":\"qemu:3\",\"name\":\"y\"}],\"next\":null,\"servers\":[]}");
    var muster = muster();
    assertThat(muster.run("vms", "list")).as(muster.err()).isZero();
    assertThat(muster.out()).containsSubsequence("a/qemu:3", "a/qemu:2", "b/qemu:1");
    assertThat(api.requests())
        .extracting(StandIn.Request::query)
        .containsExactly("after=start&size=1000", "after=k2&size=1000");
  }

  @Test
  void noVms_isSaid() {
    api.on("GET /vms", 200, "{\"items\":[],\"page\":0,\"size\":1000,\"total\":0,\"servers\":[]}");
    var muster = muster();
    assertThat(muster.run("vms", "list")).isZero();
    assertThat(muster.out()).isEqualTo("No such VMs.\n");
  }

  @Test
  void vm_isShownWithItsLastSample_unitsAndAges() {
    api.on("GET /servers/name:k8s/vms/pod%3Ashop%3Aweb", 200, VM);
    var muster = muster();
    assertThat(muster.run("vms", "show", "k8s/pod:shop:web")).as(muster.err()).isZero();
    assertThat(muster.out())
        .contains("memory used", "1.5 GiB", "cpu usage", "25 %", "sample age", "7 s")
        .contains("sample seconds", "10 s", "network receive", "1.0 KiB/s")
        .contains("2026-11-21T11:59:53Z (7 s ago)", "actions", "delete, restart")
        .doesNotContain("null", "locked by");
    assertThat(muster.run("vms", "show", "qemu:101")).isEqualTo(2);
    assertThat(muster.err()).contains("\"qemu:101\" names no VM", "pve-1/qemu:101");
  }

  @Test
  void nodes_areATableOf80Columns() {
    api.on(
        "GET /nodes",
        200,
        "{\"total\":1,\"servers\":[],\"items\":[{\"serverName\":\"pve-1\",\"node\":\"pve-a\",\"status\":\"offline\",\"statusDetail\":\"no"
            + " quorum\",\"cpuUsageRatio\":null,\"vmsTotal\":12,\"memoryTotalBytes\":137438953472}]}");
    var muster = muster().columns(80);
    assertThat(muster.run("nodes", "list", "--status", "offline")).isZero();
    assertThat(muster.out())
        .isEqualTo(
            """
            NODE   SERVER  STATUS   CPU  MEMORY  OF       VMS  UP
            pve-a  pve-1   offline  –    –       128 GiB  12   –
              no quorum
            """);
  }

  @Test
  void history_tellsHoursAndTroubles_andADashWhereNothingWasAttempted() {
    api.on("GET /servers/name:pve%201/history", 200, HISTORY);
    var muster = muster().columns(80);
    assertThat(muster.run("history", "pve 1", "--hours", "3")).as(muster.err()).isZero();
    assertThat(api.requests().getFirst().query()).isEqualTo("hours=3");
    assertThat(muster.out())
        .isEqualTo(
            """
            pve 1, the last 3 hours: 6 attempts, 50.0 % succeeded, answered in 18 ms on
            average.

            HOUR (UTC)            ATTEMPTS  SUCCEEDED  ANSWERED IN
            2026-11-21T09:00:00Z  0         –          –
            2026-11-21T10:00:00Z  6         50.0 %     18 ms

            FAILED SINCE (UTC)    UNTIL                 ATTEMPTS
            2026-11-21T10:00:10Z  2026-11-21T10:00:20Z  2
              no answer within 10 s
            2026-11-21T10:00:40Z  2026-11-21T10:00:40Z  1
              no answer within 10 s
            """);
  }

  @Test
  void history_showsSingleAttempts_whereTheyAreAskedFor() {
    api.on("GET /servers/name:pve-1/history", 200, HISTORY);
    var muster = muster();
    assertThat(muster.run("history", "pve-1", "--attempts")).isZero();
    assertThat(muster.out())
        .contains("2026-11-21T10:00:00Z  ok      18 ms        direct")
        .contains("2026-11-21T10:00:10Z  FAILED  –            direct\n  no answer within 10 s");
    assertThat(muster.run("history", "pve-1", "--json")).isZero();
    assertThat(muster.out()).contains("\"successRate\" : null");
  }

  @Test
  void historyOfNothing_isASentence() {
    api.on(
        "GET /servers/name:a/history",
        200,
        "{\"raw\":[],\"hourly\":[],\"summary\":{\"totalAttempts\":0,\"successCount\":0,\"successRate\":null,\"avgResponseTimeMs\":null}}");
    var muster = muster();
    assertThat(muster.run("history", "a", "--hours", "1")).isZero();
    assertThat(muster.out()).isEqualTo("a: nothing was attempted in the last 1 hour.\n");
  }

  @Test
  void questDbThatIsAway_isToldAsTheApiTellsIt() {
    api.on(
        "GET /servers/name:a/history",
        503,
        "{\"status\":503,\"detail\":\"QuestDB is away.\",\"code\":\"history-unavailable\"}");
    var muster = muster();
    assertThat(muster.run("history", "a")).isEqualTo(1);
    assertThat(muster.err()).isEqualTo("muster: QuestDB is away. (history-unavailable)\n");
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }

  private static final String VMS =
      """
      {"page":0,"size":1000,"total":2,"items":[
        {"serverId":"1","serverName":"pve 1","vmId":"qemu:101","name":"web-1","node":"pve-a",
         "status":"running","statusDetail":"running","cpuUsageRatio":0.25,
         "memoryUsedBytes":2147483648,"memoryTotalBytes":8589934592,"uptimeSeconds":260000},
        {"serverId":"2","serverName":"k8s","vmId":"pod:shop:web-7f9c5d8b-with-a-very-long-name",
         "name":"web-7f9c5d8b-with-a-very-long-name","node":null,"status":"failed",
         "statusDetail":"CrashLoopBackOff","cpuUsageRatio":null}],
       "servers":[{"id":"1","name":"pve 1","error":null},
        {"id":"3","name":"pve-2","error":"no answer within 10 s"}]}
      """;

  private static final String VM =
      """
      {"serverId":"2","serverName":"k8s","vmId":"pod:shop:web","name":"web","status":"running",
       "lockedBy":null,"tags":[],"sampleAt":"2026-11-21T11:59:53Z","sampleSeconds":10,
       "cpuUsageRatio":0.25,"memoryUsedBytes":1610612736,"networkReceiveBytesPerSecond":1000.4,
       "sampleAgeSeconds":7,"actions":["delete","restart"]}
      """;

  private static final String HISTORY =
      """
      {"raw":[
        {"time":"2026-11-21T10:00:00Z","success":true,"responseTimeMs":18.2,"route":"direct","errorMessage":null},
        {"time":"2026-11-21T10:00:10Z","success":false,"responseTimeMs":null,"route":"direct","errorMessage":"no answer within 10 s"},
        {"time":"2026-11-21T10:00:20Z","success":false,"responseTimeMs":null,"route":"direct","errorMessage":"no answer within 10 s"},
        {"time":"2026-11-21T10:00:30Z","success":true,"responseTimeMs":18.0,"route":"direct","errorMessage":null},
        {"time":"2026-11-21T10:00:40Z","success":false,"responseTimeMs":null,"route":"direct","errorMessage":"no answer within 10 s"},
        {"time":"2026-11-21T10:00:50Z","success":true,"responseTimeMs":18.0,"route":"direct","errorMessage":null}],
       "hourly":[
        {"time":"2026-11-21T09:00:00Z","successRate":null,"avgResponseTimeMs":null,"attempts":0},
        {"time":"2026-11-21T10:00:00Z","successRate":50.0,"avgResponseTimeMs":18.1,"attempts":6}],
       "summary":{"totalAttempts":6,"successCount":3,"successRate":50.0,"avgResponseTimeMs":18.1}}
      """;
}
