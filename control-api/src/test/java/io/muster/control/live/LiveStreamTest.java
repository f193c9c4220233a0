package io.muster.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.link.AgentNews;
import io.muster.control.live.TestReader.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a stream begins, goes on after a break, and ends. */
@OnBothDatabases
final class LiveStreamTest {
  /** More than the buffers of the system, of the server and of the tenant's ring hold together. */
  private static final int FLOOD = 30_000;

  private static final int SMALL_BUFFER = 4 << 10;

  private final ControlRig rig;
  private final ControlRig.TestTenant tenant;
  private final UUID site;
  private final String viewer;
  private final List<TestReader> open = new ArrayList<>();
  private int happened;

  LiveStreamTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    site = tenant.site(ControlRig.name("site"));
    viewer = tenant.token(Role.VIEWER);
  }

  @AfterEach
  void close() {
    open.forEach(TestReader::close);
  }

  @Test
  void readerThatComesBack_getsWhatItMissedAndNoMore() throws Exception {
    TestReader before = reader(viewer, Map.of());
    happen();
    assertThat(before.next().text("version")).isEqualTo("1");
    before.close();
    happen();
    happen();
    TestReader after = reader(viewer, Map.of("Last-Event-ID", before.lastId()));
    happen();

    assertThat(List.of(after.next(), after.next(), after.next()))
        .extracting(told -> told.name() + " " + told.text("version"))
        .containsExactly("agent 2", "agent 3", "agent 4");
  }

  @Test
  void readerBeforeAnythingHappened_hasAnIdToComeBackWith() throws Exception {
    TestReader before = reader(viewer, Map.of());
    before.close();
    happen();

    TestReader after = reader(viewer, Map.of("Last-Event-ID", before.lastId()));

    assertThat(after.next().text("version")).isEqualTo("1");
  }

  @Test
  void idThatIsNotKnown_isAnsweredByAReset() throws Exception {
    for (String id : List.of("0badcafe-1", "x", before() + "99")) {
      TestReader reader = reader(viewer, Map.of("Last-Event-ID", id));
      happen();

      Told reset = reader.next();
      assertThat(reset.name()).isEqualTo("reset");
      assertThat(reset.text("reason")).isEqualTo("too-old");
      assertThat(reader.next().name()).isEqualTo("agent");
    }
  }

  @Test
  void stream_isNeitherCompressedNorKept() throws Exception {
    TestReader reader = reader(viewer, Map.of("Accept-Encoding", "gzip, deflate"));
    happen();

    assertThat(reader.next().name()).isEqualTo("agent");
    assertThat(reader.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reader.header("X-Accel-Buffering")).isEqualTo("no");
  }

  @Test
  void tokenThatIsRevoked_endsItsStreams() throws Exception {
    JsonNode token = newToken();
    TestReader reader = reader(token.path("token").asText(), Map.of());
    TestReader other = reader(viewer, Map.of());

    tenant.admin().delete("/api/v1/tokens/" + token.path("id").asText());

    assertThat(reader.next().text("reason")).isEqualTo("access-ended");
    reader.awaitEnd();
    happen();
    assertThat(other.next().name()).isEqualTo("agent");
  }

  @Test
  void tokenThatSeesLess_endsItsStreams() throws Exception {
    JsonNode token = newToken();
    TestReader reader = reader(token.path("token").asText(), Map.of());

    Answer changed =
        tenant
            .admin()
            .patch(
                "/api/v1/tokens/" + token.path("id").asText(),
                Map.of("scope", Map.of("tags", List.of("shop"))));

    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(reader.next().text("reason")).isEqualTo("access-changed");
    reader.awaitEnd();
  }

  @Test
  void loginThatEnds_endsItsStreams() throws Exception {
    var user = tenant.signedIn(Role.OPERATOR);
    TestReader reader = reader(Objects.requireNonNull(user.token()), Map.of());

    user.post("/api/v1/logout", Map.of());

    assertThat(reader.next().text("reason")).isEqualTo("access-ended");
    reader.awaitEnd();
  }

  @Test
  void streamsOfOneCaller_areBounded() throws Exception {
    for (int i = 0; i < LiveReaders.MAX_OF_CALLER; i++) {
      reader(viewer, Map.of());
    }

    TestReader refused = TestReader.answer(rig, viewer, "", Map.of());

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("30");
    assertThat(refused.body()).contains("\"code\":\"too-many-streams\"");
    reader(tenant.token(Role.VIEWER), Map.of());
    open.removeFirst().close();
    reader(viewer, Map.of());
  }

  @Test
  void readerThatIsTooSlow_isToldSoAndItsStreamEnds() throws Exception {
    URI url = rig.url();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(SMALL_BUFFER);
      socket.connect(new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort()));
      String request =
          "GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(viewer);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(until(": welcome", socket)).startsWith("HTTP/1.1 200");
      for (int i = 0; i < FLOOD; i++) {
        happen();
      }

      assertThat(until("\r\n0\r\n\r\n", socket)).contains("event: reset", "too-slow");
    }
    TestReader other = reader(viewer, Map.of());
    happen();
    assertThat(other.next().name()).isEqualTo("agent");
  }

  /** The last of what comes, up to these words. */
  private static String until(String words, Socket socket) throws IOException {
    StringBuilder last = new StringBuilder();
    byte[] part = new byte[SMALL_BUFFER];
    while (last.indexOf(words) < 0) {
      int read = socket.getInputStream().read(part);
      if (read < 0) {
        throw new AssertionError("The connection broke after: " + last);
      }
      last.append(new String(part, 0, read, StandardCharsets.UTF_8));
      last.delete(0, Math.max(0, last.length() - SMALL_BUFFER));
    }
    return last.toString();
  }

  private String before() throws Exception {
    try (TestReader reader = TestReader.open(rig, viewer, "", Map.of())) {
      return reader.lastId();
    }
  }

  private JsonNode newToken() {
    return tenant
        .admin()
        .post("/api/v1/tokens", Map.of("name", ControlRig.name("token"), "role", "viewer"))
        .json();
  }

  private TestReader reader(String token, Map<String, String> headers) throws Exception {
    TestReader reader = TestReader.open(rig, token, "", headers);
    open.add(reader);
    return reader;
  }

  /** Something that everybody of the tenant may know; they are counted in {@code version}. */
  private void happen() {
    happened++;
    rig.bean(LiveEvents.class)
        .publish(
            new LiveEvent.OfAgent(
                new AgentNews(
                    tenant.id(),
                    site,
                    "berlin",
                    AgentNews.State.LOST,
                    site,
                    String.valueOf(happened),
                    "the line ".repeat(60),
                    Instant.EPOCH)));
  }
}
