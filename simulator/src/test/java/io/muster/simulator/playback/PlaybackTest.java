package io.muster.simulator.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaybackTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESOURCES = "/api2/json/cluster/resources";
  private static final String EXPORT = "/api2/json/cluster/metrics/export?local-only=1";

  @SuppressWarnings("NullAway.Init")
  private PlaybackServer server;

  @SuppressWarnings("NullAway.Init")
  private SSLContext trust;

  private @TempDir Path folder = Path.of("");

  @BeforeEach
  void start() throws Exception {
    Path file = folder.resolve("recording.json");
    try (InputStream source =
        Objects.requireNonNull(getClass().getResourceAsStream("recording.json"))) {
      Files.write(file, source.readAllBytes());
    }
    server = PlaybackServer.start(Recording.read(file), 0, folder.resolve("data"));
    trust = trusting(server.authorityPem());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersToOneQuestion_comeInTheirOrderThenTheLastAgain() throws IOException {
    assertThat(uptime()).isEqualTo(7);
    assertThat(uptime()).isEqualTo(17);
    assertThat(uptime()).isEqualTo(17);

    server.rewind();

    assertThat(uptime()).isEqualTo(7);
  }

  @Test
  void statusReasonHeadersAndBody_areThoseOfTheRecording() throws IOException {
    HttpsURLConnection good = ask(1, RESOURCES);
    assertThat(good.getResponseCode()).isEqualTo(200);
    assertThat(good.getHeaderField("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    assertThat(good.getInputStream().readAllBytes())
        .asString()
        .isEqualTo("{\"data\":[{\"id\":\"node/node-1\",\"uptime\":7}]}");

    HttpsURLConnection bad = ask(1, "/api2/json/nodes/node-3/status");
    assertThat(bad.getResponseCode()).isEqualTo(595);
    assertThat(bad.getResponseMessage()).isEqualTo("Connection refused");
    assertThat(bad.getContentLength()).isZero();
  }

  @Test
  void times_areMovedToNowAndOtherNumbersAreNot() throws IOException {
    Instant now = Instant.now();
    assertThat(ask(1, RESOURCES).getDate() / 1000)
        .isBetween(now.getEpochSecond() - 1, now.getEpochSecond() + 60);
    JsonNode row =
        json(ask(2, EXPORT + "&history=1&start-time=" + (now.getEpochSecond() - 30)))
            .path("data")
            .path("data")
            .path(0);

    assertThat(row.path("timestamp").asLong())
        .isBetween(now.getEpochSecond() - 12, now.getEpochSecond() + 60);
    assertThat(row.path("value").asLong()).isEqualTo(1767225590);
    uptime();
    assertThat(json(ask(1, RESOURCES)).path("data").path(0).path("expire").asLong()).isZero();
  }

  @Test
  void startInTheFuture_isAnotherQuestionThanOneInThePast() throws IOException {
    long now = Instant.now().getEpochSecond();
    JsonNode future = json(ask(2, EXPORT + "&history=1&start-time=" + (now + 3600)));
    JsonNode past = json(ask(2, EXPORT + "&history=1&start-time=" + (now - 40)));
    JsonNode none = json(ask(2, EXPORT));

    assertThat(future.path("data").path("data")).isEmpty();
    assertThat(past.path("data").path("data")).hasSize(1);
    assertThat(none.path("data").path("data")).as("asked for the last generation").hasSize(1);
  }

  @Test
  void whatWasNotRecorded_is501AndWhatWasNotAnswered_isCut() throws IOException {
    HttpsURLConnection unknown = ask(1, "/api2/json/nodes/node-1/lxc");
    assertThat(unknown.getResponseCode()).isEqualTo(501);
    assertThat(unknown.getResponseMessage()).isEqualTo("Not in this recording");

    assertThatThrownBy(() -> ask(1, "/api2/json/cluster/ha/status/current").getResponseCode())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(3, "/api2/json/version").getResponseCode())
        .as("nothing listened at this address")
        .isInstanceOf(IOException.class);
  }

  @Test
  void configuration_isThatOfTheRecordedServerHere() {
    int port = server.urls().getFirst().getPort();
    assertThat(server.urls()).containsExactly(URI.create("https://127.0.20.1:" + port));
    assertThat(server.nodeAddresses())
        .isEqualTo(Map.of("node-2", URI.create("https://127.0.20.2:" + port)));
    assertThat(server.tokenId()).isEqualTo("user-1@pve!token-1");
  }

  @Test
  void otherFile_isRefusedByName() throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"format\":\"else\"}");

    assertThatThrownBy(() -> Recording.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other.json is no recording")
        .hasMessageContaining("'else'");
  }

  private long uptime() throws IOException {
    return json(ask(1, RESOURCES)).path("data").path(0).path("uptime").asLong();
  }

  private static JsonNode json(HttpsURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return JSON.readTree(body);
    }
  }

  private HttpsURLConnection ask(int address, String path) throws IOException {
    URI url =
        URI.create("https://127.0.20." + address + ":" + server.urls().getFirst().getPort() + path);
    HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
    connection.setSSLSocketFactory(trust.getSocketFactory());
    return connection;
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
