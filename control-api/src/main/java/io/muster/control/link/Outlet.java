package io.muster.control.link;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The way to one agent; one thread at a time. */
final class Outlet {
  /** An agent's line that takes a message no faster than this is a dead one. */
  private static final Duration SEND_LIMIT = Duration.ofSeconds(20);

  private final WebSocketSession socket;

  Outlet(WebSocketSession socket) {
    this.socket = socket;
  }

  /** Blocks until the line has taken it. */
  void send(ControlMessage message) throws IOException, InterruptedException {
    try {
      socket.sendAsync(LinkJson.write(message)).get(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the connection broke", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the line takes nothing", e);
    } catch (RuntimeException e) {
      throw new IOException("the connection is closed", e);
    }
  }

  void close(int code) {
    if (socket.isOpen()) {
      socket.close(
          code == LinkProtocol.CLOSE_NORMAL ? CloseReason.NORMAL : new CloseReason(code, ""));
    }
  }
}
