package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.proxmox.faults.FaultOrder;
import io.muster.simulator.proxmox.http.HttpSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each fault as a client sees it. */
class FaultsTest {
  /** In place of 30 s. */
  private static final Duration PEER_TIMEOUT = Duration.ofMillis(300);

  private static final String STATUS_2 = "/nodes/pve2/status";

  @SuppressWarnings("NullAway.Init")
  private static SimulatedProxmox cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster =
        SimulatedProxmox.start(
            ProxmoxSettings.forTests("9.2", 3)
                .guests(6)
                .http(
                    HttpSettings.real()
                        .withUnauthorizedDelay(Duration.ZERO)
                        .withPeerTimeout(PEER_TIMEOUT))
                .build());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void takeOut() {
    cluster.faults().removeAll();
  }

  private static long put(String fault) {
    return cluster.faults().add(FaultOrder.parse(fault, cluster.nodes()));
  }

  private static WireAnswer get(String node, String path) throws IOException {
    try (WireClient client = WireClient.connect(cluster, node)) {
      return get(client, path);
    }
  }

  private static WireAnswer get(WireClient client, String path) throws IOException {
    return client.request(
        "GET",
        "/api2/json" + path,
        List.of("Authorization: " + cluster.readerToken().authorization()),
        "");
  }

  private static CompletableFuture<WireAnswer> later(String node, String path) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return get(node, path);
      } catch (IOException e) {
        throw new AssertionError(node + " did not answer " + path, e);
      }
    });
  }

  private static long number(WireAnswer answer, String name) {
    return answer.data().path(name).asLong();
  }

  @Test
  void hungNode_isOnlineForItsPeersWhoseForwardedCallsTimeOut() throws IOException {
    put("hung,node=pve2");

    WireAnswer forwarded = get("pve1", STATUS_2);

    assertThat(forwarded.status()).isEqualTo(596);
    assertThat(forwarded.reason()).isEqualTo("Connection timed out");
    assertThat(forwarded.body()).isEmpty();
    assertThat(forwarded.header("Connection")).containsExactly("close");
    assertThat(get("pve1", "/nodes").data())
        .allSatisfy(node -> assertThat(node.path("status").asText()).isEqualTo("online"));
  }

  @Test
  void hungNode_takesTheRequestAndDoesNotAnswer_evenToStrangers() throws IOException {
    put("hung,node=pve2");
    try (WireClient client = WireClient.connect(cluster, "pve2")) {
      client.patience(Duration.ofMillis(300));
      client.send("GET /api2/json/version HTTP/1.1\r\nHost: test\r\n\r\n");

      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void hungNode_answersWhatItHoldsWhenTheFaultEnds() {
    long fault = put("hung,node=pve2");
    CompletableFuture<WireAnswer> direct = later("pve2", "/version");
    CompletableFuture<WireAnswer> forwarded = later("pve1", STATUS_2);
    cluster.faults().remove(fault);

    assertThat(direct.join().status()).isEqualTo(200);
    assertThat(forwarded.join().status()).isEqualTo(200);
  }

  @Test
  void clientThatLeavesAHungNode_isNoticed() throws IOException {
    put("hung,node=pve2");
    try (WireClient client = WireClient.connect(cluster, "pve2")) {
      client.send("GET /api2/json/version HTTP/1.1\r\nHost: test\r\n\r\n");
      Eventually.holds(() -> assertThat(cluster.connections("pve2")).isEqualTo(1));
    }
    Eventually.holds(() -> assertThat(cluster.connections("pve2")).isZero());
  }

  @Test
  void fault_endsByItself() {
    put("hung,node=pve2,seconds=1");

    assertThat(later("pve2", "/version").join().status()).isEqualTo(200);
    Eventually.holds(() -> assertThat(cluster.faults().list()).isEmpty());
  }

  @Test
  void slowNode_answersLater() throws IOException {
    put("slow,node=pve2,ms=150");
    for (String entry : List.of("pve1", "pve2")) {
      long begun = System.nanoTime();

      assertThat(get(entry, STATUS_2).status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(149));
    }
  }

  @Test
  void nodeThatIsTooSlow_isGivenUpByItsPeers() throws IOException {
    put("slow,node=pve2,ms=400");

    assertThat(get("pve1", STATUS_2).status()).isEqualTo(596);
    assertThat(get("pve2", STATUS_2).status()).isEqualTo(200);
  }

  @Test
  void status_isTheNodesAnswerDirectlyAndThroughAPeer() throws IOException {
    put("status,node=pve2,status=500,reason=got timeout");
    for (String entry : List.of("pve1", "pve2")) {
      WireAnswer answer = get(entry, STATUS_2);

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.reason()).isEqualTo("got timeout");
      assertThat(answer.json().path("message").asText()).isEqualTo("got timeout\n");
      assertThat(answer.header("Connection")).containsExactly("close");
    }
    assertThat(get("pve1", "/version").status()).isEqualTo(200);
  }

  @Test
  void statusOfAPeerFailure_hasNoBody() throws IOException {
    put("status,status=596");
    WireAnswer answer = get("pve1", "/version");

    assertThat(answer.status()).isEqualTo(596);
    assertThat(answer.reason()).isEqualTo("Connection timed out");
    assertThat(answer.body()).isEmpty();
    assertThat(answer.first("Content-Type")).isNull();
  }

  @Test
  void statusOfAProxyInFront_hasItsUsualReason() throws IOException {
    put("status,status=503");

    assertThat(get("pve3", "/version").reason()).isEqualTo("Service Unavailable");
  }

  @Test
  void peer_failsWhatIsForwardedAlone() throws IOException {
    put("peer,node=pve2,status=595,reason=No route to host");
    WireAnswer forwarded = get("pve1", STATUS_2);

    assertThat(forwarded.status()).isEqualTo(595);
    assertThat(forwarded.reason()).isEqualTo("No route to host");
    assertThat(forwarded.body()).isEmpty();
    assertThat(get("pve2", STATUS_2).status()).isEqualTo(200);
    assertThat(get("pve1", "/nodes/pve3/status").status()).isEqualTo(200);
  }

  @Test
  void dropped_closesTheConnectionWithoutAnAnswer() throws IOException {
    put("dropped,node=pve2");

    assertThatThrownBy(() -> get("pve2", "/version")).isInstanceOf(EOFException.class);
    WireAnswer forwarded = get("pve1", STATUS_2);
    assertThat(forwarded.status()).isEqualTo(596);
    assertThat(forwarded.reason()).isEqualTo("Connection reset by peer");
  }

  @Test
  void droppedKeptAliveConnection_workedBefore() throws IOException {
    try (WireClient client = WireClient.connect(cluster, "pve1")) {
      assertThat(get(client, "/version").status()).isEqualTo(200);
      put("dropped,times=1");

      assertThatThrownBy(() -> get(client, "/version")).isInstanceOf(EOFException.class);
    }
    assertThat(get("pve1", "/version").status()).isEqualTo(200);
  }

  @Test
  void times_countsRequests() throws IOException {
    put("status,node=pve1,status=500,times=2");

    assertThat(get("pve1", "/version").status()).isEqualTo(500);
    assertThat(cluster.faults().list().getFirst()).containsEntry("timesLeft", 1L);
    assertThat(get("pve1", "/version").status()).isEqualTo(500);
    assertThat(get("pve1", "/version").status()).isEqualTo(200);
  }

  @Test
  void path_choosesRequests() throws IOException {
    put("status,status=500,path=^/nodes/[^/]+/status$");

    assertThat(get("pve1", "/nodes/pve1/status").status()).isEqualTo(500);
    assertThat(get("pve1", "/nodes/pve1/time").status()).isEqualTo(200);
  }

  @Test
  void postOfARequestWithABody_meetsTheFaultToo() throws IOException {
    put("status,status=500,reason=worse,times=1");
    try (WireClient client = WireClient.connect(cluster, "pve1")) {
      WireAnswer answer =
          client.request("POST", "/api2/json/access/ticket", List.of(), "username=a&password=b");

      assertThat(answer.reason()).isEqualTo("worse");
    }
  }

  @Test
  void skewedNode_showsItInDateTimeAndSamples() throws IOException {
    put("skew,node=pve2,offset=-7200");

    assertThat(date(get("pve2", "/version"))).isBetween(ago(7_205), ago(7_190));
    assertThat(date(get("pve1", "/version"))).isAfter(ago(60));
    assertThat(number(get("pve1", "/nodes/pve2/time"), "time"))
        .isLessThan(ago(7_190).getEpochSecond());
    cluster.faults().removeAll();
    assertThat(date(get("pve2", "/version"))).isAfter(ago(60));
  }

  private static Instant ago(long seconds) {
    return Instant.now().minusSeconds(seconds);
  }

  private static Instant date(WireAnswer answer) {
    return ZonedDateTime.parse(
            Objects.requireNonNull(answer.first("Date")), DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant();
  }

  @Test
  void counterReset_ofANode_startsItsUptimeAnew() throws IOException {
    assertThat(number(get("pve3", "/nodes/pve3/status"), "uptime")).isGreaterThan(1_000);
    put("counter-reset,node=pve3");

    assertThat(number(get("pve3", "/nodes/pve3/status"), "uptime")).isLessThan(100);
    assertThat(number(get("pve1", "/nodes/pve1/status"), "uptime")).isGreaterThan(1_000);
    assertThat(cluster.faults().list()).isEmpty();
  }

  @Test
  void counterReset_ofAGuest_startsItsUptimeAndCountersAnew() throws IOException {
    int vmid = 0;
    String place = "";
    for (JsonNode row : get("pve1", "/cluster/resources?type=vm").data()) {
      if (row.path("status").asText().equals("running")) {
        vmid = row.path("vmid").asInt();
        place = "/nodes/" + row.path("node").asText() + "/" + row.path("id").asText();
      }
    }
    WireAnswer before = get("pve1", place + "/status/current");
    put("counter-reset,vmid=" + vmid);
    WireAnswer after = get("pve1", place + "/status/current");

    assertThat(number(before, "uptime")).isGreaterThan(1_000);
    assertThat(number(after, "uptime")).isLessThan(100);
    assertThat(number(after, "netin")).isLessThan(number(before, "netin"));
    assertThat(after.data().path("status").asText()).isEqualTo("running");
  }

  @Test
  void badFault_isRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> put("broken"))
        .hasMessageContaining("No fault is called 'broken': choose from hung, slow, status");
    assertThatThrownBy(() -> put("slow")).hasMessage("'ms' is missing");
    assertThatThrownBy(() -> put("slow,ms=0"))
        .hasMessage("'ms' is a whole number from 1 to 600000, not '0'");
    assertThatThrownBy(() -> put("hung,ms=5"))
        .hasMessage("Nothing here takes ms: choose from kind, node, path, seconds, times");
    assertThatThrownBy(() -> put("hung,node=pve9"))
        .hasMessage("No node 'pve9': there are pve1, pve2, pve3");
    assertThatThrownBy(() -> put("peer,status=500"))
        .hasMessage("'status' is a whole number from 595 to 599, not '500'");
    assertThatThrownBy(() -> put("hung,path=("))
        .hasMessageContaining("'path' is a regular expression");
    assertThatThrownBy(() -> put("skew,offset=5,times=1")).hasMessageContaining("takes times");
    assertThatThrownBy(() -> put("counter-reset,vmid=999")).hasMessageContaining("no guest 999");
    assertThatThrownBy(() -> put("hung,pve1")).hasMessageContaining("'pve1' has no '='");
    assertThat(cluster.faults().list()).isEmpty();
  }
}
