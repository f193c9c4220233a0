package io.muster.control.link;

import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The other end of the link, which says what a test tells it. */
final class ScriptedAgent implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Far more than anything takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  /** What answers a heart-beat until it is answered itself; null = it was. */
  private @Nullable AgentMessage hello;

  /** The upgrade was refused. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    RefusedException(int status) {
      super("refused with " + status);
      this.status = status;
    }
  }

  ScriptedAgent(URI api, @Nullable String token) throws RefusedException, InterruptedException {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    URI address = URI.create("ws" + api.toString().substring(4) + LinkProtocol.PATH);
    try {
      socket = builder.buildAsync(address, this).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new RefusedException(refused.getResponse().statusCode());
      }
      throw new AssertionError(e);
    }
  }

  static AgentMessage.Hello hello(String site) {
    return new AgentMessage.Hello(
        LinkProtocol.VERSION, UUID.randomUUID(), UUID.randomUUID(), "1.2", site, Instant.now());
  }

  ScriptedAgent say(AgentMessage message) {
    if (message instanceof AgentMessage.Hello) {
      hello = message;
      return this;
    }
    return say(LinkJson.write(message));
  }

  ScriptedAgent say(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** The next message that is no heart-beat. */
  ControlMessage next() throws InterruptedException, LinkMessageException {
    while (true) {
      String text = texts.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (text == null) {
        throw new AssertionError("Nothing came within " + PATIENCE);
      }
      ControlMessage message = LinkJson.readControl(text);
      AgentMessage introduction = hello;
      if (!(message instanceof ControlMessage.Heartbeat)) {
        hello = null;
        return message;
      }
      if (introduction != null) {
        say(LinkJson.write(introduction));
      }
    }
  }

  /** The next message, which has to be of this type. */
  <T extends ControlMessage> T next(Class<T> type)
      throws InterruptedException, LinkMessageException {
    ControlMessage message = next();
    if (!type.isInstance(message)) {
      throw new AssertionError("Expected " + type.getSimpleName() + ", but it is " + message);
    }
    return type.cast(message);
  }

  /** The code that the link was closed with. */
  int awaitClose() throws Exception {
    return closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      texts.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.complete(-1);
  }

  /** Without a word, as a process that was killed. */
  @Override
  public void close() {
    socket.abort();
  }
}
