package io.muster.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.protocol.Server;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A site's agent that speaks the link and answers checks as a test wants. */
public final class TestAgent implements AutoCloseable, WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** For a busy machine; a sound run takes milliseconds. */
  private static final long PATIENCE_SECONDS = 30;

  private final Function<Server, CompletableFuture<CheckAnswer>> checks;
  private final BlockingQueue<ControlMessage> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  private TestAgent(
      ControlRig rig, String token, Function<Server, CompletableFuture<CheckAnswer>> checks) {
    this.checks = checks;
    socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(
                URI.create(rig.url().toString().replaceFirst("http", "ws") + LinkProtocol.PATH),
                this)
            .join();
  }

  /** Connects; has been told the site's inventory when this returns. */
  public static TestAgent connect(
      ControlRig rig,
      String token,
      String site,
      Function<Server, CompletableFuture<CheckAnswer>> checks) {
    TestAgent agent = new TestAgent(rig, token, checks);
    AgentMessage.Hello hello =
        new AgentMessage.Hello(
            LinkProtocol.VERSION,
            UUID.randomUUID(),
            UUID.randomUUID(),
            "test",
            site,
            Instant.now());
    assertThat(agent.introduce(hello)).isInstanceOf(ControlMessage.Welcome.class);
    assertThat(agent.next()).isInstanceOf(ControlMessage.Inventory.class);
    return agent;
  }

  /** Connects, hears what it is answered, and breaks off. */
  public static ControlMessage introduce(ControlRig rig, String token, AgentMessage.Hello hello) {
    try (TestAgent agent = new TestAgent(rig, token, server -> new CompletableFuture<>())) {
      return agent.introduce(hello);
    }
  }

  private ControlMessage introduce(AgentMessage.Hello hello) {
    ControlMessage answer = first();
    while (answer instanceof ControlMessage.Heartbeat) {
      say(hello);
      answer = first();
    }
    return answer;
  }

  /** The next thing that the control API says. */
  public ControlMessage next() {
    ControlMessage message = first();
    return message instanceof ControlMessage.Heartbeat ? next() : message;
  }

  private ControlMessage first() {
    try {
      ControlMessage message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the control API says nothing");
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public void say(AgentMessage message) {
    synchronized (socket) {
      socket.sendText(LinkJson.write(message), true).join();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      take(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(String message) {
    try {
      if (LinkJson.readControl(message) instanceof ControlMessage.Check check) {
        checks
            .apply(check.server().read())
            .thenAccept(answer -> say(new AgentMessage.Checked(check.id(), answer)))
            .exceptionally(never -> null);
      } else {
        heard.add(LinkJson.readControl(message));
      }
    } catch (LinkMessageException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
