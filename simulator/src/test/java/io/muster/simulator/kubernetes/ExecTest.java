package io.muster.simulator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WebSocket: commands in pods, and watches. */
class ExecTest {
  private static final int PATIENCE_SECONDS = 30;

  @SuppressWarnings("NullAway.Init")
  private static SimulatedKubernetes cluster;

  @SuppressWarnings("NullAway.Init")
  private static KubeClient operator;

  @BeforeAll
  static void start() throws IOException {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(2, 10).build());
    operator = new KubeClient(cluster, cluster.operatorToken());
  }

  @AfterAll
  static void stop() {
    operator.close();
    cluster.close();
  }

  /** What came, stream by stream. */
  private static final class Heard implements WebSocket.Listener {
    private final ByteArrayOutputStream[] streams = {
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream()
    };
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private int stream = -1;

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      stream = stream < 0 ? data.get() : stream;
      while (data.hasRemaining()) {
        streams[stream].write(data.get());
      }
      stream = last ? -1 : stream;
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(true);
      return CompletableFuture.completedFuture(null);
    }

    String stream(int number) {
      return streams[number].toString(StandardCharsets.UTF_8);
    }
  }

  private static WebSocket open(String path, String protocol, Heard heard) throws Exception {
    WebSocket.Builder builder =
        operator
            .http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + cluster.operatorToken());
    if (!protocol.isEmpty()) {
      builder.subprotocols(protocol);
    }
    return builder
        .buildAsync(URI.create(cluster.url().toString().replace("https", "wss") + path), heard)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static String exec(String command) {
    String pod = operator.names("/api/v1/namespaces/shop/pods").getFirst();
    return "/api/v1/namespaces/shop/pods/"
        + pod
        + "/exec?stdin=true&stdout=true&stderr=true&command=sh&command=-c&command="
        + command;
  }

  @Test
  void command_tellsItsOutputsAndHowItEnded() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(exec("echo+out;echo+err%3E%262;exit+3"), "v4.channel.k8s.io", heard);

    heard.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(socket.getSubprotocol()).isEqualTo("v4.channel.k8s.io");
    assertThat(heard.stream(1)).isEqualTo("out\n");
    assertThat(heard.stream(2)).isEqualTo("err\n");
    assertThat(heard.stream(3))
        .contains("NonZeroExitCode", "\"reason\":\"ExitCode\",\"message\":\"3\"");
  }

  @Test
  void input_endsWhenTheClientSaysSo() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(exec("cat"), "v5.channel.k8s.io", heard);
    socket
        .sendBinary(ByteBuffer.wrap("\0hello".getBytes(StandardCharsets.UTF_8)), true)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    socket
        .sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    heard.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(heard.stream(1)).isEqualTo("hello");
    assertThat(heard.stream(3)).contains("Success");
  }

  @Test
  void environment_isNotThisPrograms() throws Exception {
    Heard heard = new Heard();
    open(exec("env"), "v4.channel.k8s.io", heard);

    heard.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(heard.stream(1)).contains("KUBERNETES_SERVICE_HOST").doesNotContain("JAVA_HOME");
  }

  @Test
  void exec_needsTheRightToCreate() {
    try (KubeClient reader = new KubeClient(cluster, cluster.readerToken())) {
      assertThat(reader.get(exec("true")).json().path("message").asText())
          .contains("cannot get resource \"pods/exec\" in API group \"\"");
    }
  }

  @Test
  void watch_isServedToWebSocketsToo() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open("/api/v1/nodes?watch=true", "", heard);

    assertThat(heard.text.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .startsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Node\"");
    socket.abort();
  }
}
