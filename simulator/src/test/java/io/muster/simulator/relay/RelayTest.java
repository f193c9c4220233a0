package io.muster.simulator.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.simulator.control.ControlServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each mode as client and target see it; the target gives back what it gets. */
class RelayTest {
  /** More than all buffers between the two. */
  private static final int LARGE = 20 << 20;

  private final AtomicInteger arrived = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private HttpServer target;

  @SuppressWarnings("NullAway.Init")
  private Relay relay;

  @SuppressWarnings("NullAway.Init")
  private ControlServer control;

  @BeforeEach
  void start() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    target = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    target.createContext("/", this::echo);
    target.setExecutor(threads);
    target.start();
    relay = Relay.start(URI.create("http://127.0.0.1:" + target.getAddress().getPort()), 0);
    control = ControlServer.start(0, relay.verbs());
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    control.close();
    relay.close();
    target.stop(0);
    threads.shutdownNow();
  }

  private void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      arrived.incrementAndGet();
      boolean empty = exchange.getRequestMethod().equals("GET");
      // Read to its end first: this client does not listen before it has said everything.
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, empty ? -1 : 0);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private HttpResponse<byte[]> write(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(relay.url().resolve("/write?precision=n"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> write() throws IOException, InterruptedException {
    return write(new byte[] {1, 2, 3});
  }

  private String mode(String query) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(control.url() + "/mode" + query))
                .method(query.isEmpty() ? "GET" : "POST", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void pass_takesLargeBodiesThereAndBack() throws IOException, InterruptedException {
    byte[] body = new byte[LARGE];
    new Random(1).nextBytes(body);

    assertThat(write(body).body()).isEqualTo(body);
    assertThat(write().body()).containsExactly(1, 2, 3);
    assertThat(mode("")).contains("\"mode\":\"pass\"").contains("\"requests\":2");
  }

  @Test
  void refuse_closesThePortUntilAnotherModeComes() throws IOException, InterruptedException {
    write();
    mode("?mode=refuse");

    assertThatThrownBy(this::write).isInstanceOf(ConnectException.class);
    URI before = relay.url();
    mode("?mode=pass");
    assertThat(relay.url()).isEqualTo(before);
    assertThat(write().statusCode()).isEqualTo(200);
    assertThat(arrived).hasValue(2);
  }

  @Test
  void hang_keepsTheClientWaitingAndTheTargetWithout() throws IOException, InterruptedException {
    mode("?mode=hang");
    HttpRequest impatient =
        HttpRequest.newBuilder(relay.url()).timeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> client.send(impatient, BodyHandlers.discarding()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(arrived).hasValue(0);
  }

  @Test
  void hang_endsWithAClosedConnection() throws IOException, InterruptedException {
    mode("?mode=hang");
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return write().statusCode();
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            },
            threads);
    while (!mode("").contains("\"requests\":1")) {
      Thread.onSpinWait();
    }
    mode("?mode=pass");

    assertThatThrownBy(waiting::join).hasCauseInstanceOf(IOException.class);
    assertThat(write().statusCode()).isEqualTo(200);
    assertThat(arrived).hasValue(1);
  }

  @Test
  void cut_letsTheTargetDoItAndLosesTheAnswer() throws IOException, InterruptedException {
    mode("?mode=cut");

    assertThatThrownBy(this::write).isInstanceOf(IOException.class);
    assertThat(arrived.get()).isPositive();
    mode("?mode=pass");
    assertThat(write().statusCode()).isEqualTo(200);
  }

  @Test
  void status_isAnsweredWithoutTheTarget() throws IOException, InterruptedException {
    mode("?mode=status&status=503");
    assertThat(write(new byte[LARGE]).statusCode()).isEqualTo(503);
    mode("?mode=status");
    assertThat(write().statusCode()).isEqualTo(500);
    mode("?mode=pass");
    assertThat(write().statusCode()).isEqualTo(200);
    assertThat(arrived).hasValue(1);
  }

  @Test
  void targetThatIsDown_closesTheConnection() throws IOException, InterruptedException {
    target.stop(0);

    assertThatThrownBy(this::write).isInstanceOf(IOException.class);
    mode("?mode=status");
    assertThat(write().statusCode()).isEqualTo(500);
  }

  @Test
  void unknownMode_isRefusedAndChangesNothing() throws IOException, InterruptedException {
    assertThat(mode("?mode=explode"))
        .contains("'mode' is pass, refuse, hang, cut or status, not 'explode'");
    assertThat(mode("?mode=cut&status=500")).contains("Nothing here takes status");
    assertThat(mode("?mode=status&status=200")).contains("from 400 to 599");
    assertThat(write().statusCode()).isEqualTo(200);
  }

  @Test
  void otherAddresses_areRefused() {
    assertThatThrownBy(() -> Relay.start(URI.create("https://127.0.0.1:9000"), 0))
        .hasMessageContaining("such as http://127.0.0.1:9000");
    assertThatThrownBy(() -> Relay.start(URI.create("http://127.0.0.1"), 0))
        .hasMessageContaining("such as http://127.0.0.1:9000");
  }
}
