package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stream of these ends, and the last answer is a refusal: so does the verb. */
class WatchTest {
  private static final String STREAM = "GET /events/stream";

  @TempDir Path home;
  private final StandIn api;

  WatchTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void changes_areALineEach_whoAndWhatAndWhy() {
    api.on(STREAM, stream(EVENTS)).on(STREAM, 401, "{\"status\":401,\"detail\":\"Sign in.\"}");
    var muster = muster();
    assertThat(muster.run("watch", "--server", "pve-1")).isEqualTo(1);
    assertThat(muster.out())
        .isEqualTo(
            """
            2026-11-21T12:00:01Z  pve-1/qemu:101  web-1: stopped on pve1
            2026-11-21T12:00:02Z  pve-1  offline: no answer within 10 s
            2026-11-21T12:00:03Z  site berlin  agent lost: it said nothing for 45 s
            2026-11-21T12:00:04Z  pve-1/qemu:101  start by anna: failed: no quorum
            2026-11-21T12:00:05Z  pve-2  online (was pve-1)
            """);
    assertThat(muster.err())
        .contains("Waiting for changes", "ended. Again in", "is wrong, revoked");
    assertThat(api.requests().getFirst().query()).isEqualTo("server=name:pve-1");
    assertThat(api.requests().getFirst().header("Accept")).startsWith("text/event-stream");
  }

  @Test
  void stream_isTakenUpWhereItBroke_alsoAfterAHeartbeatAlone() {
    api.on(STREAM, stream("id: a-1\nevent: vm-status\ndata: {\"vmId\":\"qemu:1\"}\n\n"))
        .on(STREAM, stream("id: a-1\n: welcome\n\nid: a-7\n:\n\nid: a-8\ndata: cut o"))
        .on(STREAM, 403, "{\"status\":403,\"detail\":\"No.\"}");
    var muster = muster();
    assertThat(muster.run("watch", "--json")).isEqualTo(1);
    assertThat(muster.out())
        .isEqualTo("{\"id\":\"a-1\",\"event\":\"vm-status\",\"data\":{\"vmId\":\"qemu:1\"}}\n");
    assertThat(api.requests())
        .extracting(request -> request.header("Last-event-id"))
        .containsExactly("", "a-1", "a-7");
  }

  @Test
  void whatWasMissed_isSaid() {
    api.on(
            STREAM,
            stream("event: reset\ndata: {\"reason\":\"too-old\",\"detail\":\"Read anew.\"}\n\n"))
        .on(STREAM, 403, "{\"status\":403,\"detail\":\"No.\"}");
    var muster = muster();
    assertThat(muster.run("watch")).isEqualTo(1);
    assertThat(muster.out()).isEqualTo("–  muster  Read anew.\n");
  }

  @Test
  void endOfALogin_isNothingToTell_whenItRenewsItself() {
    api.on(
            STREAM,
            stream(
                "id: a-1\nevent: reset\ndata: {\"reason\":\"access-ended\",\"detail\":\"-\"}\n\n"))
        .on(STREAM, stream("id: a-2\nevent: vm-status\ndata: {\"vmId\":\"qemu:1\"}\n\n"))
        .on(STREAM, 403, "{\"status\":403,\"detail\":\"No.\"}");
    var muster = muster();
    assertThat(muster.run("watch", "--json")).isEqualTo(1);
    assertThat(muster.out().lines()).hasSize(1);
    assertThat(muster.err().lines()).hasSize(3);
    assertThat(muster.err()).containsOnlyOnce("Again in").contains("muster: No.");
  }

  @Test
  void refusalAtFirst_isNotTriedAgain() {
    api.on(STREAM, 404, "{\"status\":404,\"detail\":\"There is no server x.\"}");
    var muster = muster();
    assertThat(muster.run("watch", "--server", "x")).isEqualTo(1);
    assertThat(muster.err()).isEqualTo("muster: There is no server x.\n");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void apiThatIsAway_isAFailureAtFirst() {
    api.close();
    var muster = muster();
    assertThat(muster.run("watch")).isEqualTo(1);
    assertThat(muster.err()).contains("Cannot reach the control API");
  }

  @Test
  void time_endsIt() {
    api.on(STREAM, stream(": welcome\n\n"));
    assertThat(muster().run("watch", "--for", "1s")).isZero();
    assertThat(muster().run("watch", "--for", "soon")).isEqualTo(2);
  }

  @Test
  void screen_showsServersInTroubleFirst_countsAndChanges_withinItsSize() {
    api.on(STREAM, stream(EVENTS))
        .on(STREAM, 403, "{\"status\":403,\"detail\":\"No.\"}")
        .on("GET /status", 200, StatusTest.STATUS)
        .on(
            "GET /servers",
            200,
            "{\"total\":2,\"items\":[{\"name\":\"a\",\"connectionStatus\":\"online\"},{\"name\":\"b\",\"connectionStatus\":\"offline\",\"healthCheckError\":\"no"
                + " route\"}]}");
    var muster = muster().screen(60, 20);
    assertThat(muster.run("watch")).isEqualTo(1);
    assertThat(muster.out())
        .startsWith("\u001b[2J\u001b[H" + api.url())
        .contains("live", "CHANGES", "12:00:01  pve-1/qemu:101  web-1: stopped", "no route");
    assertThat(muster.out()).containsPattern("(?s)\\nb .*no route.*\\na ");
    for (var frame : muster.out().split("\u001b\\[H", -1)) {
      assertThat(frame.lines()).hasSizeLessThanOrEqualTo(20);
      assertThat(frame.replaceAll("\u001b\\[[0-9]?[A-Z]", "").lines())
          .allMatch(line -> line.length() <= 60);
    }
  }

  @Test
  void dumbTerminal_getsLines() {
    api.on(STREAM, stream(EVENTS)).on(STREAM, 403, "{\"status\":403,\"detail\":\"No.\"}");
    var muster = muster().screen(80, 24).with("TERM", "dumb");
    assertThat(muster.run("watch")).isEqualTo(1);
    assertThat(muster.out().lines()).hasSize(5);
    assertThat(muster.out()).doesNotContain("\u001b");
  }

  private static StandIn.Reply stream(String events) {
    return new StandIn.Reply(200, "text/event-stream", "retry: 20\n" + events, Map.of());
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }

  private static final String EVENTS =
      """
      id: a-0
      : welcome

      id: a-1
      event: vm-status
      data: {"serverId":"1","serverName":"pve-1","vmId":"qemu:101","name":"web-1","group":null,"node":"pve1","status":"stopped","at":"2026-11-21T12:00:01.25Z"}

      id: a-2
      event: server-status
      data: {"serverId":"1","serverName":"pve-1","status":"offline","at":"2026-11-21T12:00:02Z","failure":"UNREACHABLE","error":"no answer within 10 s"}

      id: a-3
      event: agent
      data: {"site":"berlin","status":"lost","at":"2026-11-21T12:00:03Z","agentId":"2","version":"0.1","reason":"it said nothing for 45 s"}

      id: a-4
      event: action
      data: {"id":"3","serverId":"1","serverName":"pve-1","vmId":"qemu:101","action":"start","status":"failed","who":"anna","at":"2026-11-21T12:00:04Z","error":"no quorum"}

      id: a-5
      event: server-status
      data: {"serverId":"4","serverName":"pve-2","status":"online","at":"2026-11-21T12:00:05Z","error":null,"previousName":"pve-1"}

      """;
}
