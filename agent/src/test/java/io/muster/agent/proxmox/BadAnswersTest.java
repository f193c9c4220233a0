package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad answer ends as a failure with a sentence, in time and in bounded memory. */
final class BadAnswersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JSON_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\n";

  private static ProviderException failure(ScriptedServer server, Duration deadline) {
    return failure(server, Servers.authority(server.authorityPem()), deadline);
  }

  private static ProviderException failure(
      ScriptedServer server, TlsTrust trust, Duration deadline) {
    try (ProxmoxProvider provider =
        Servers.provider(Servers.server(List.of(server.url()), Servers.token(), trust))) {
      Tick tick = new Tick(Instant.now(), Duration.ofSeconds(10), Deadline.after(deadline));
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> provider.poll(tick));
      assertThat(failure).hasMessageContaining("site-a").hasMessageNotContainingAny(Servers.SECRET);
      return failure;
    }
  }

  private static ProviderException failure(ScriptedServer.Script script) throws Exception {
    try (ScriptedServer server = new ScriptedServer(script)) {
      return failure(server, PATIENCE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":[{\"type\":\"node\",\"no | cut off",
        "{\"data\":\"surprise\"} | `data` is a text, not a list",
        "{\"data\":[1,2]} | a row of `data` is a number",
        "{\"data\":[]} | lists no node",
        "[] | not a JSON object",
        "{} | no `data`",
        "<html>nope</html> | not JSON"
      })
  void wrongJson_isAnUnexpectedAnswer(String body, String sentence) throws Exception {
    ProviderException failure = failure((n, out) -> ScriptedServer.json(out, "200 OK", body));

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining(sentence);
  }

  @Test
  void html_isAnUnexpectedAnswer() throws Exception {
    ProviderException failure =
        failure((n, out) ->
            ScriptedServer.write(
                out,
                "HTTP/1.1 200 OK",
                "Content-Type: text/html",
                "Content-Length: 15",
                "",
                "<html>hi</html>"));

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining("text/html");
  }

  @Test
  void bodyShorterThanPromised_isAnUnexpectedAnswer() throws Exception {
    ProviderException failure =
        failure((n, out) -> {
          ScriptedServer.write(out, JSON_HEAD + "Content-Length: 500\r\n\r\n{\"data\":[");
          throw new IOException("cut");
        });

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining("cut off");
  }

  @Test
  void hugeBody_isGivenUpAtItsLimit() throws Exception {
    byte[] block =
        "{\"type\":\"sdn\",\"padding\":\"%s\"},"
            .formatted("x".repeat(8000))
            .getBytes(StandardCharsets.UTF_8);
    ProviderException failure =
        failure((n, out) -> {
          ScriptedServer.write(out, JSON_HEAD + "Content-Length: 104857600\r\n\r\n{\"data\":[");
          for (long sent = 0; sent < 100L << 20; sent += block.length) {
            out.write(block);
          }
        });

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining("longer than 16777216 bytes");
  }

  @Test
  void endlessHeader_isGivenUp() throws Exception {
    ProviderException failure =
        failure((n, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\n");
          for (int line = 0; line < 1_000_000; line++) {
            ScriptedServer.write(out, "X-Line-" + line + ": again\r\n");
          }
        });

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining("header is longer");
  }

  @Test
  void endlessHeaderLine_isGivenUp() throws Exception {
    ProviderException failure =
        failure((n, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
          for (int part = 0; part < 1_000_000; part++) {
            ScriptedServer.write(out, "0123456789abcdef");
          }
        });

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
    assertThat(failure).hasMessageContaining("header is longer");
  }

  @Test
  void hangInTheBody_endsAtTheDeadline() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer((n, out) -> {
          ScriptedServer.write(out, JSON_HEAD + "Content-Length: 500\r\n\r\n{\"data\":[");
          done.await();
        })) {
      long began = System.nanoTime();
      ProviderException failure = failure(server, Duration.ofSeconds(2));
      done.countDown();

      assertThat(failure.failure()).isEqualTo(Failure.DEADLINE_EXCEEDED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void drippingBody_endsAtTheDeadline() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((n, out) -> {
          ScriptedServer.write(out, JSON_HEAD + "Content-Length: 500\r\n\r\n");
          drip(out);
        })) {
      assertThat(failure(server, Duration.ofSeconds(2)).failure())
          .isEqualTo(Failure.DEADLINE_EXCEEDED);
    }
  }

  private static void drip(OutputStream out) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 400; i++) {
      ScriptedServer.write(out, " ");
      if (never.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 Authentication failed! | UNAUTHORIZED",
        "403 Permission check failed (/, Sys.Audit) | FORBIDDEN",
        "500 cluster not ready - no quorum? | UNEXPECTED_ANSWER",
        "501 Method 'GET /cluster/resources' not implemented | UNEXPECTED_ANSWER",
        "503 Service Unavailable | OVERLOADED",
        "429 Too Many Requests | OVERLOADED",
        "595 Connection refused | UNREACHABLE",
        "596 Connection timed out | OVERLOADED",
        "596 Connection reset by peer | UNREACHABLE",
        "599 Too many redirections | UNREACHABLE"
      })
  void statusWithoutABody_keepsItsReasonPhrase(String statusLine, Failure expected)
      throws Exception {
    ProviderException failure =
        failure((n, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 " + statusLine, "Connection: close", "", "");
          throw new IOException("closed");
        });

    assertThat(failure.failure()).isEqualTo(expected);
    assertThat(failure).hasMessageContaining(statusLine);
    assertThat(failure.apiCalls()).isEqualTo(1);
  }

  @Test
  void badParameter_isOurBugAndNamesIt() throws Exception {
    ProviderException failure =
        failure((n, out) ->
            ScriptedServer.json(
                out,
                "400 Parameter verification failed.",
                "{\"data\":null,\"message\":\"Parameter verification failed.\\n\","
                    + "\"errors\":{\"type\":\"no such type\"}}"));

    assertThat(failure.failure()).isEqualTo(Failure.BUG);
    assertThat(failure).hasMessageContaining("type: no such type");
  }

  @Test
  void echoedSecret_isNotRepeated() throws Exception {
    ProviderException failure =
        failure((n, out) ->
            ScriptedServer.json(
                out, "500 " + Servers.SECRET, "{\"message\":\"bad " + Servers.SECRET + "\"}"));

    assertThat(failure).hasMessageContaining("bad ***");
  }

  @Test
  void silentClose_isTriedOnceMore() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((n, out) -> {
          throw new IOException("closed without an answer");
        })) {
      ProviderException failure = failure(server, PATIENCE);

      assertThat(failure.failure()).isEqualTo(Failure.UNREACHABLE);
      assertThat(failure.apiCalls()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void unknownAuthority_isTlsAndNamesTheFingerprintSeen() throws Exception {
    try (ScriptedServer server = new ScriptedServer((n, out) -> {});
        ScriptedServer other = new ScriptedServer((n, out) -> {})) {
      ProviderException failure =
          failure(server, Servers.authority(other.authorityPem()), PATIENCE);

      assertThat(failure.failure()).isEqualTo(Failure.TLS);
      assertThat(failure).hasMessageContaining(server.fingerprint()).hasMessageContaining("CN=");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void otherPin_isTlsAndNamesTheFingerprintSeen() throws Exception {
    try (ScriptedServer server = new ScriptedServer((n, out) -> {})) {
      ProviderException failure =
          failure(server, Servers.pinned(new Fingerprint("AB".repeat(32))), PATIENCE);

      assertThat(failure.failure()).isEqualTo(Failure.TLS);
      assertThat(failure).hasMessageContaining(server.fingerprint());
      assertThat(server.requests()).as("the token was not sent").isZero();
    }
  }

  @Test
  void oneOfSeveralPins_isEnough() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((n, out) -> ScriptedServer.json(out, "200 OK", "{\"data\":[]}"))) {
      TlsTrust pins =
          Servers.pinned(new Fingerprint("AB".repeat(32)), new Fingerprint(server.fingerprint()));

      assertThat(failure(server, pins, PATIENCE)).hasMessageContaining("lists no node");
    }
  }
}
