package io.muster.control.link;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.muster.control.caller.Role;
import io.muster.control.caller.SiteAgent;
import io.muster.protocol.link.LinkProtocol;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/v1/link}: takes what comes and hands it to its session, in order. */
@ServerWebSocket(LinkProtocol.PATH)
@Secured(Role.AGENT)
final class LinkEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(LinkEndpoint.class);

  private final AgentRegistry registry;
  private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();

  LinkEndpoint(AgentRegistry registry) {
    this.registry = registry;
  }

  @OnOpen
  @ExecuteOn(LinkExecutor.NAME)
  void opened(WebSocketSession socket, HttpRequest<?> request) {
    SiteAgent agent =
        request
            .getUserPrincipal(SiteAgent.class)
            .orElseThrow(() -> new IllegalStateException("a link without its agent"));
    AgentSession session = registry.open(socket, agent);
    sessions.put(socket.getId(), session);
    session.start();
  }

  @OnMessage(maxPayloadLength = LinkProtocol.MAX_MESSAGE_CHARS)
  @ExecuteOn(LinkExecutor.NAME)
  void said(String text, WebSocketSession socket) {
    AgentSession session = sessions.get(socket.getId());
    if (session != null) {
      session.said(text);
    }
  }

  @OnClose
  @ExecuteOn(LinkExecutor.NAME)
  void closed(WebSocketSession socket, CloseReason reason) {
    AgentSession session = sessions.remove(socket.getId());
    if (session != null) {
      session.end("it closed the link (" + reason.getCode() + ")", LinkProtocol.CLOSE_NORMAL);
    }
  }

  @OnError
  @ExecuteOn(LinkExecutor.NAME)
  void failed(WebSocketSession socket, Throwable failure) {
    LOG.debug("A link failed", failure);
    AgentSession session = sessions.remove(socket.getId());
    if (session != null) {
      session.end("the connection broke", LinkProtocol.CLOSE_NORMAL);
    }
    socket.close(CloseReason.NORMAL);
  }
}
