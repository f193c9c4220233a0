package io.muster.control.link;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.websocket.WebSocketSession;
import io.muster.control.caller.SiteAgent;
import io.muster.control.server.SiteInventory;
import io.muster.control.server.StatusSink;
import io.muster.control.settings.ControlSettings;
import io.muster.control.site.AgentTokenRevoked;
import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage.Goodbye;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which agent is the one of its site. */
@Singleton
@Bean(preDestroy = "close")
final class AgentRegistry implements Agents, ApplicationEventListener<AgentTokenRevoked> {
  private final SiteInventory inventory;
  private final StatusSink sink;
  private final Patience patience;
  private final List<String> denyAddresses;

  /** Welcomed ones by site. */
  private final Map<UUID, AgentSession> agents = new ConcurrentHashMap<>();

  AgentRegistry(
      SiteInventory inventory, StatusSink sink, Patience patience, ControlSettings settings) {
    this.inventory = inventory;
    this.sink = sink;
    this.patience = patience;
    this.denyAddresses = settings.denyAddresses();
  }

  /** A connection that has not said yet who it is. */
  AgentSession open(WebSocketSession socket, SiteAgent identity) {
    return new AgentSession(
        new Outlet(socket),
        identity,
        this,
        new InventoryPush(inventory, identity.site()),
        sink,
        patience.with(identity.site()));
  }

  List<String> denyAddresses() {
    return denyAddresses;
  }

  /**
   * Makes this one the agent of its site, unless another one is. One that has been silent for
   * longer than the link allows is none, and a process that connects anew takes its own place.
   *
   * @return the one that is there; null = the session is admitted
   */
  synchronized @Nullable AgentSession admit(AgentSession session) {
    AgentSession first = agents.get(session.site());
    if (first != null && first.isAlive() && !first.isSameProcess(session)) {
      return first;
    }
    agents.put(session.site(), session);
    if (first != null) {
      first.dismiss(Goodbye.Reason.REPLACED, "The same agent has connected anew.");
    }
    return null;
  }

  void left(AgentSession session) {
    boolean _ = agents.remove(session.site(), session);
  }

  @Override
  public boolean connected(UUID site) {
    return agent(site) != null;
  }

  @Override
  public CompletionStage<CheckAnswer> check(UUID site, Server server, Duration deadline) {
    AgentSession agent = agent(site);
    return agent == null
        ? CompletableFuture.failedFuture(new AgentNotConnectedException(site))
        : agent.check(server, deadline);
  }

  @Override
  public void inventoryChanged(UUID site, long revision) {
    AgentSession agent = agent(site);
    if (agent != null) {
      agent.pushInventory();
    }
  }

  @Override
  public List<ConnectedAgent> list() {
    return agents.values().stream()
        .filter(AgentSession::isReady)
        .map(AgentSession::view)
        .filter(Objects::nonNull)
        .toList();
  }

  /** A token that was revoked ends its link at once. */
  @Override
  public void onApplicationEvent(AgentTokenRevoked event) {
    for (AgentSession agent : agents.values()) {
      if (agent.token().equals(event.token())) {
        agent.dismiss(
            Goodbye.Reason.REVOKED, "The token of this agent was revoked: give it a new one.");
      }
    }
  }

  void close() {
    agents
        .values()
        .forEach(agent -> agent.dismiss(Goodbye.Reason.STOPPING, "The control API stops."));
  }

  private @Nullable AgentSession agent(UUID site) {
    AgentSession agent = agents.get(site);
    return agent != null && agent.isReady() ? agent : null;
  }
}
