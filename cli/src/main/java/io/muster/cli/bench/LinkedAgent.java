package io.muster.cli.bench;

import io.muster.cli.api.ControlAddress;
import io.muster.protocol.Secret;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A site's agent that polls nothing and says what it is told to. */
final class LinkedAgent implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AgentMessage.Hello hello;
  private final CompletableFuture<Void> welcomed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  /** Welcomed when this returns. */
  LinkedAgent(ControlAddress control, String site, Secret token)
      throws IOException, InterruptedException {
    hello =
        new AgentMessage.Hello(
            LinkProtocol.VERSION,
            UUID.randomUUID(),
            UUID.randomUUID(),
            "bench",
            site,
            Instant.now());
    var url = URI.create(control.url().toString().replaceFirst("http", "ws") + LinkProtocol.PATH);
    try {
      socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + token.reveal())
              .buildAsync(url, this)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      welcomed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      http.shutdownNow();
      throw new IOException("The control API does not take a link", failed);
    }
  }

  void say(AgentMessage message) {
    synchronized (http) {
      socket.sendText(LinkJson.write(message), true).join();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      var whole = partial.toString();
      partial.setLength(0);
      hear(from, whole);
    }
    from.request(1);
    return null;
  }

  private void hear(WebSocket from, String text) {
    try {
      var message = LinkJson.readControl(text);
      if (message instanceof ControlMessage.Heartbeat && !welcomed.isDone()) {
        var _ = from.sendText(LinkJson.write(hello), true);
      } else if (message instanceof ControlMessage.Welcome) {
        welcomed.complete(null);
      }
    } catch (LinkMessageException odd) {
      welcomed.completeExceptionally(odd);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
