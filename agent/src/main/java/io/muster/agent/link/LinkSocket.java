package io.muster.agent.link;

import io.muster.protocol.Secret;
import io.muster.protocol.link.LinkProtocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, used by blocking: one thread reads, one sends. Java's own client, because the
 * agent has it already (QuestDB's SQL, Kubernetes), and TLS, pins and proxies work there as they do
 * for those.
 */
final class LinkSocket implements AutoCloseable {
  /** For connecting with TLS and the answer to the upgrade. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  /** A line that takes a message no faster than this is a dead one. */
  private static final Duration SEND_LIMIT = Duration.ofSeconds(20);

  /** What is read ahead: an inventory's parts wait in the line, not in the heap. */
  private static final int READ_AHEAD = 4;

  /** All that Java's client says of a proxy that refuses user and password again and again. */
  private static final String REFUSED_BY_PROXY = "too many authentication attempts";

  private final Inbox inbox;
  private final WebSocket socket;

  private LinkSocket(Inbox inbox, WebSocket socket) {
    this.inbox = inbox;
    this.socket = socket;
  }

  private sealed interface Event {
    record Text(String text) implements Event {}

    record Ended(LinkException reason) implements Event {}
  }

  /** Blocks until the upgrade was answered. */
  static LinkSocket open(HttpClient http, URI api, Secret token) throws LinkException {
    Inbox inbox = new Inbox();
    // ws:// of http://, wss:// of https://.
    URI address = URI.create("ws" + api.toString().substring(4) + LinkProtocol.PATH);
    Future<WebSocket> opening =
        http.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token.reveal())
            .header("User-Agent", "muster-agent")
            .connectTimeout(CONNECT_LIMIT)
            .buildAsync(address, inbox);
    try {
      return new LinkSocket(inbox, opening.get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw explained(api, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new LinkException("no answer from " + api + " in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted", e);
    } finally {
      opening.cancel(true);
    }
  }

  /** The next message; null = none within {@code patience}. */
  @Nullable String receive(Duration patience) throws LinkException, InterruptedException {
    Event event = inbox.events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return switch (event) {
      case null -> null;
      case Event.Text text -> {
        socket.request(1);
        yield text.text();
      }
      case Event.Ended ended -> throw ended.reason();
    };
  }

  /** Blocks until the line has taken it. */
  void send(String message) throws LinkException {
    Future<WebSocket> sending = socket.sendText(message, true);
    try {
      sending.get(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LinkException("the connection broke", e.getCause());
    } catch (TimeoutException e) {
      throw new LinkException("the line takes nothing", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted", e);
    }
  }

  /** Says goodbye, and waits for nobody. */
  void end(int code, String reason) {
    Future<WebSocket> _ = socket.sendClose(code, reason);
    inbox.end(new LinkException(reason));
  }

  @Override
  public void close() {
    inbox.end(new LinkException("closed"));
    socket.abort();
  }

  private static LinkException explained(URI api, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof WebSocketHandshakeException refused) {
        return new LinkException(refused(api, refused.getResponse().statusCode()), cause);
      }
      if (String.valueOf(at.getMessage()).startsWith(REFUSED_BY_PROXY)) {
        return new LinkException(refused(api, 407), cause);
      }
      if (at instanceof CertificateException) {
        return new LinkException(
            "the certificate of " + api + " is refused: " + at.getMessage(), cause);
      }
      if (at instanceof HttpTimeoutException) {
        return new LinkException("no connection to " + api + " in time", cause);
      }
      if (at instanceof ConnectException) {
        return new LinkException("no connection to " + api, cause);
      }
    }
    String message = cause.getMessage();
    return new LinkException(
        "no link to " + api + ": " + (message == null ? cause.getClass().getSimpleName() : message),
        cause);
  }

  private static String refused(URI api, int status) {
    String why =
        switch (status) {
          case 401, 403 -> "the token is wrong or was revoked; see MUSTER_AGENT_TOKEN";
          case 404 -> "there is no control API; see MUSTER_URL";
          case 407 -> "the proxy wants a user and password in HTTPS_PROXY, or others";
          case 429 -> "it has too much to do";
          case 502, 503, 504 -> "the control API is away";
          default -> "it does not open a link";
        };
    return api + " answers " + status + ": " + why;
  }

  /** Puts messages together and hands them over. */
  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean ended;

    @Override
    public void onOpen(WebSocket webSocket) {
      webSocket.request(READ_AHEAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      if (partial.length() + data.length() > LinkProtocol.MAX_MESSAGE_CHARS) {
        end(new LinkException("the control API sent a message beyond every agreed size"));
        Future<WebSocket> _ = webSocket.sendClose(LinkProtocol.CLOSE_TOO_BIG, "too big");
        webSocket.abort();
        return null;
      }
      partial.append(data);
      if (last) {
        events.add(new Event.Text(partial.toString()));
        partial.setLength(0);
      } else {
        webSocket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      end(
          new LinkException(
              "the control API closed the link"
                  + (reason.isEmpty() ? "" : ": " + LinkProtocol.shortened(reason))));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      boolean lost = error instanceof IOException;
      end(new LinkException(lost ? "the connection broke" : "the link failed", error));
    }

    private void end(LinkException reason) {
      if (!ended) {
        ended = true;
        events.add(new Event.Ended(reason));
      }
    }
  }
}
