package io.muster.control.link;

import io.muster.control.caller.SiteAgent;
import io.muster.control.server.StatusSink;
import io.muster.protocol.Server;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.ControlMessage.Goodbye;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of an agent, from its opening to its end. Thread-safe; nothing here blocks. */
final class AgentSession {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

  private final Outlet outlet;
  private final SiteAgent identity;
  private final AgentRegistry registry;
  private final PendingChecks checks;
  private final Teller teller;
  private final Hearer hearer;
  private final Duration deadAfter;
  private final Instant since = Instant.now();
  private volatile @Nullable Known known;
  private volatile Instant lastHeardAt = since;
  private volatile boolean welcomed;
  private volatile boolean ended;

  /** What the agent said of itself last. */
  private record Known(AgentMessage.Hello hello, AgentMessage.Heartbeat pulse) {}

  /**
   * @param deadAfter an agent that is silent for so long is gone
   */
  AgentSession(
      Outlet outlet,
      SiteAgent identity,
      AgentRegistry registry,
      InventoryPush push,
      StatusSink sink,
      Duration deadAfter) {
    this.outlet = outlet;
    this.identity = identity;
    this.registry = registry;
    this.deadAfter = deadAfter;
    checks = new PendingChecks(identity.site());
    teller = new Teller(this, outlet, push);
    hearer = new Hearer(this, sink, teller, checks, deadAfter);
  }

  void start() {
    teller.start("to the agent of " + identity.siteName());
    hearer.start("from the agent of " + identity.siteName());
  }

  UUID site() {
    return identity.site();
  }

  UUID token() {
    return identity.token();
  }

  /** Whether it was heard of lately enough to be there. */
  boolean isAlive() {
    return !ended && Instant.now().isBefore(lastHeardAt.plus(deadAfter));
  }

  /** Whether it can be told things: the welcome is the first. */
  boolean isReady() {
    return welcomed && isAlive();
  }

  /** Whether it has said who it is. */
  boolean isKnown() {
    return known != null;
  }

  boolean isSameProcess(AgentSession other) {
    Known mine = known;
    Known others = other.known;
    return mine != null
        && others != null
        && mine.hello().process().equals(others.hello().process());
  }

  /** Null = it has not said yet who it is. */
  @Nullable ConnectedAgent view() {
    Known now = known;
    return now == null
        ? null
        : new ConnectedAgent(
            site(),
            now.hello().agent(),
            now.hello().version(),
            identity.address(),
            since,
            lastHeardAt,
            now.pulse().servers(),
            now.pulse().lagMs());
  }

  /** The agent has said something. */
  void said(String text) {
    hearer.said(text);
  }

  void pushInventory() {
    teller.tellInventory(false);
  }

  CompletionStage<CheckAnswer> check(Server server, Duration deadline) {
    ServerDocument document = ServerDocument.of(server);
    return checks.ask(
        deadline, id -> teller.tell(new ControlMessage.Check(id, document, deadline.toMillis())));
  }

  /** Says goodbye and closes. */
  void dismiss(Goodbye.Reason reason, String message) {
    teller.tell(new Goodbye(reason, message));
  }

  /** The connection is gone, or has to go. */
  void end(String why, int code) {
    if (ended) {
      return;
    }
    ended = true;
    leave();
    if (known != null) {
      LOG.info("The agent of {} is gone: {}", this, why);
    }
    hearer.end();
    teller.end();
    checks.lose();
    outlet.close(code);
  }

  /** Is no longer the agent of its site. */
  void leave() {
    registry.left(this);
  }

  void heard() {
    lastHeardAt = Instant.now();
  }

  void beat(AgentMessage.Heartbeat pulse) {
    Known now = known;
    if (now != null) {
      known = new Known(now.hello(), pulse);
    }
  }

  /** The agent has said who it is: it becomes the one of its site, or hears why not. */
  void introduced(AgentMessage.Hello hello) {
    heard();
    if (!LinkProtocol.serves(LinkProtocol.VERSION, hello.protocol())) {
      dismiss(
          Goodbye.Reason.PROTOCOL,
          "This control API speaks version %d of the link and the one before, the agent %d: upgrade %s."
              .formatted(
                  LinkProtocol.VERSION,
                  hello.protocol(),
                  hello.protocol() > LinkProtocol.VERSION ? "the control API" : "the agent"));
      return;
    }
    if (!hello.site().equals(identity.siteName())) {
      dismiss(
          Goodbye.Reason.OTHER_SITE,
          "The token is of site '%s', the agent's MUSTER_SITE is '%s'."
              .formatted(identity.siteName(), LinkProtocol.shortened(hello.site())));
      return;
    }
    known = new Known(hello, new AgentMessage.Heartbeat(0, 0, 0, 0));
    AgentSession first = registry.admit(this);
    if (first != null) {
      known = null;
      dismiss(Goodbye.Reason.SECOND_AGENT, first.introduction());
      return;
    }
    LOG.info(
        "The agent of {} is linked: {} {} from {}",
        this,
        hello.agent(),
        LinkProtocol.shortened(hello.version()),
        identity.address());
    teller.tell(
        new ControlMessage.Welcome(
            hello.protocol(), LinkVersion.current(), registry.denyAddresses()));
    // Before the inventory is read: a change that comes later finds the agent ready, or is in it.
    welcomed = true;
    teller.tellInventory(true);
  }

  /** For the one that came second. */
  private String introduction() {
    Known now = known;
    return now == null
        ? "The site has an agent already."
        : "Site '%s' has an agent already: %s, version %s, from %s, linked since %s. Stop that one, or give this one a site of its own."
            .formatted(
                identity.siteName(),
                now.hello().agent(),
                now.hello().version(),
                identity.address(),
                since);
  }

  @Override
  public String toString() {
    return "site " + identity.siteName();
  }
}
