package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.proxmox.http.HttpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the real server does on the wire, whatever the method. */
class HttpLayerTest {
  private static final String UNPROTECTED = "/api2/json/version";
  private static final String PROTECTED = "/api2/json/cluster/status";

  @SuppressWarnings("NullAway.Init")
  private static SimulatedProxmox cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 1).guests(6).build());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<String> authorized(String... more) {
    List<String> headers = new java.util.ArrayList<>(List.of(more));
    headers.add("Authorization: " + cluster.readerToken().authorization());
    return headers;
  }

  private static WireClient connect() throws IOException {
    return WireClient.connect(cluster, "pve1");
  }

  private static WireAnswer get(String target, String... headers) throws IOException {
    try (WireClient client = connect()) {
      return client.request("GET", target, authorized(headers), "");
    }
  }

  private static WireAnswer raw(String text) throws IOException {
    try (WireClient client = connect()) {
      client.send(text);
      return client.read();
    }
  }

  private static String authorization() {
    return "Authorization: " + cluster.readerToken().authorization() + "\r\n";
  }

  @Test
  void answer_hasTheHeadersOfTheRealServerInItsOrder() throws IOException {
    WireAnswer answer = get(UNPROTECTED);

    assertThat(answer.headers().stream().map(java.util.Map.Entry::getKey))
        .containsExactly(
            "Cache-Control",
            "Connection",
            "Date",
            "Pragma",
            "Server",
            "Content-Length",
            "Content-Type",
            "Expires");
    assertThat(answer.header("Server")).containsExactly("pve-api-daemon/3.0");
    assertThat(answer.header("Content-Type")).containsExactly("application/json;charset=UTF-8");
  }

  @Test
  void protectedCall_hasTwoConnectionHeadersAndStaysOpen() throws IOException {
    try (WireClient client = connect()) {
      WireAnswer first = client.request("GET", PROTECTED, authorized(), "");
      WireAnswer second = client.request("GET", PROTECTED, authorized(), "");

      assertThat(first.header("Connection")).containsExactly("close", "Keep-Alive");
      assertThat(second.status()).isEqualTo(200);
    }
  }

  @Test
  void unprotectedCall_hasOneConnectionHeader() throws IOException {
    assertThat(get(UNPROTECTED).header("Connection")).containsExactly("Keep-Alive");
  }

  @Test
  void error_closesTheConnection() throws IOException {
    try (WireClient client = connect()) {
      WireAnswer answer =
          client.request("GET", "/api2/json/cluster/resources?type=x", authorized(), "");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Connection")).containsExactly("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientsClose_isHeard() throws IOException {
    try (WireClient client = connect()) {
      WireAnswer answer = client.request("GET", UNPROTECTED, authorized("Connection: close"), "");

      assertThat(answer.header("Connection")).containsExactly("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void idleConnection_isClosedAfterFiveSeconds() throws IOException {
    try (WireClient client = connect()) {
      client.request("GET", UNPROTECTED, authorized(), "");
      Instant answered = Instant.now();

      assertThat(client.isClosedByServer()).isTrue();
      assertThat(Duration.between(answered, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
      assertThat(HttpSettings.real().idleClose()).isEqualTo(Duration.ofSeconds(5));
    }
  }

  @Test
  void hundredthAnswer_closesTheConnection() throws IOException {
    try (WireClient client = connect()) {
      for (int i = 1; i < 100; i++) {
        assertThat(client.request("GET", UNPROTECTED, authorized(), "").first("Connection"))
            .isEqualTo("Keep-Alive");
      }
      assertThat(client.request("GET", UNPROTECTED, authorized(), "").first("Connection"))
          .isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void longHeaderSection_closesWithoutAnswer() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET " + UNPROTECTED + " HTTP/1.1\r\nX: " + "y".repeat(9000) + "\r\n\r\n");

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void manyHeaderLines_closeWithoutAnswer() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET " + UNPROTECTED + " HTTP/1.1\r\n" + "X: y\r\n".repeat(65) + "\r\n");

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void chunkedBody_isNotImplemented() throws IOException {
    WireAnswer answer =
        raw(
            String.join(
                "\r\n",
                "POST /api2/json/access/ticket HTTP/1.1",
                "Transfer-Encoding: chunked",
                "",
                "3",
                "a=b",
                "0",
                "",
                ""));

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("chunked transfer encoding not supported");
    assertThat(answer.body()).isEqualTo("chunked transfer encoding not supported");
    assertThat(answer.first("Content-Type")).isNull();
  }

  @Test
  void largeBody_isNotImplemented() throws IOException {
    WireAnswer answer =
        raw(
            "POST /api2/json/nodes/pve1/qemu HTTP/1.1\r\n"
                + authorization()
                + "Content-Length: 524289\r\n\r\n"
                + "x".repeat(524289));

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("for data too large");
  }

  @Test
  void deleteWithBody_isNotImplemented() throws IOException {
    WireAnswer answer =
        raw(
            "DELETE /api2/json/nodes/pve1/qemu/100 HTTP/1.1\r\n"
                + authorization()
                + "Content-Length: 7\r\n\r\nforce=1");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.body()).isEqualTo("Unexpected content for method 'DELETE'");
  }

  @Test
  void unknownContentType_is506() throws IOException {
    WireAnswer answer =
        raw(
            "POST /api2/json/nodes/pve1/qemu HTTP/1.1\r\n"
                + authorization()
                + "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>");

    assertThat(answer.status()).isEqualTo(506);
    assertThat(answer.reason()).isEqualTo("upload 'Content-Type 'text/xml' not implemented");
  }

  @Test
  void malformedJson_isPlain500WithPerlsText() throws IOException {
    WireAnswer answer =
        raw(
            "POST /api2/json/nodes/pve1/qemu HTTP/1.1\r\n"
                + authorization()
                + "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{oops");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason())
        .startsWith("'\"' expected, at character offset 1 (before \"oops\") at ");
    assertThat(answer.first("Content-Type")).isNull();
  }

  @Test
  void headAndOptions_areNotAvailable() throws IOException {
    for (String method : List.of("HEAD", "OPTIONS", "PATCH")) {
      WireAnswer answer = raw(method + " " + UNPROTECTED + " HTTP/1.1\r\n\r\n");

      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.reason()).isEqualTo("method '" + method + "' not available");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void plainHttp_isSentToTls() throws IOException {
    try (WireClient client = WireClient.plain(cluster, "pve1")) {
      client.send("GET /api2/json/version HTTP/1.1\r\nHost: here:8006\r\n\r\n");
      WireAnswer answer = client.read();

      assertThat(answer.status()).isEqualTo(301);
      assertThat(answer.reason()).isEqualTo("Moved Permanently");
      assertThat(answer.first("Location")).isEqualTo("https://here:8006/api2/json/version");
    }
    try (WireClient client = WireClient.plain(cluster, "pve1")) {
      client.send("POST /api2/json/version HTTP/1.1\r\nHost: here\r\n\r\n");

      assertThat(client.read().status()).isEqualTo(308);
    }
  }

  @Test
  void unknownFormat_isNotImplemented() throws IOException {
    WireAnswer answer = get("/api2/xml/version");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("no formatter for uri /version, xml");
  }

  @Test
  void extjs_putsTheErrorInside200() throws IOException {
    WireAnswer answer = get("/api2/extjs/cluster/resources?type=x");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("success").asInt()).isZero();
    assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    assertThat(answer.json().path("errors").path("type").asText()).contains("enumeration");
    assertThat(get("/api2/extjs/version").json().path("success").asInt()).isOne();
  }

  @Test
  void unknownPath_isNotImplementedInJson() throws IOException {
    WireAnswer answer = get("/api2/json/no/such");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("Method 'GET /no/such' not implemented");
    assertThat(answer.json().path("message").asText())
        .isEqualTo("Method 'GET /no/such' not implemented");
  }

  @Test
  void largeAnswer_isCompressedWhenAccepted() throws IOException {
    WireAnswer plain = get("/api2/json/cluster/resources");
    WireAnswer packed = get("/api2/json/cluster/resources", "Accept-Encoding: gzip, deflate");

    assertThat(plain.first("Content-Encoding")).isNull();
    assertThat(plain.bytes().length).isGreaterThan(1024);
    assertThat(packed.first("Content-Encoding")).isEqualTo("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.bytes()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{\"data\":[");
    }
    assertThat(get(UNPROTECTED, "Accept-Encoding: gzip").first("Content-Encoding")).isNull();
  }

  @Test
  void keyOrder_changesFromRequestToRequest() throws IOException {
    Set<String> orders = new HashSet<>();
    try (WireClient client = connect()) {
      for (int i = 0; i < 50; i++) {
        JsonNode data = client.request("GET", UNPROTECTED, authorized(), "").data();
        StringBuilder keys = new StringBuilder();
        data.fieldNames().forEachRemaining(keys::append);
        orders.add(keys.toString());
      }
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }
}
