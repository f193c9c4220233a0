package io.muster.control.link;

import io.muster.control.caller.SiteAgent;
import io.muster.control.server.StatusSink;
import io.muster.protocol.Server;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.ControlMessage.Goodbye;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an agent, from the hello to its end. One thread takes what comes, another one
 * tells; the rest only puts things into their queues.
 */
final class AgentSession {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

  /** An agent that sends faster than it is heard is broken; about 20 of its largest bursts. */
  private static final int MAX_UNHEARD = 64;

  /** More than one import asks at once; an agent that takes nothing is dead soon anyway. */
  private static final int MAX_UNTOLD = 1_000;

  /** Who connects and does not say who it is. */
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);

  /** Only wakes whoever waits, after the end. */
  private static final String NOTHING = "";

  private final Outlet outlet;
  private final SiteAgent identity;
  private final AgentRegistry registry;
  private final InventoryPush push;
  private final StatusSink sink;
  private final BlockingQueue<String> unheard = new LinkedBlockingQueue<>(MAX_UNHEARD);
  private final BlockingQueue<Outgoing> untold = new LinkedBlockingQueue<>(MAX_UNTOLD);
  private final Map<UUID, CompletableFuture<CheckAnswer>> checks = new ConcurrentHashMap<>();
  private final Instant since = Instant.now();
  private final Thread hearer;
  private final Thread teller;
  private volatile @Nullable Known known;
  private volatile Instant lastHeardAt = since;
  private volatile boolean ended;

  /** What the agent said of itself last. */
  private record Known(AgentMessage.Hello hello, AgentMessage.Heartbeat pulse) {}

  private sealed interface Outgoing {
    record Message(ControlMessage message) implements Outgoing {}

    /** The inventory, as it is when this has its turn. */
    record Inventory(boolean whole) implements Outgoing {}

    /** Only wakes whoever waits, after the end. */
    record Nothing() implements Outgoing {}
  }

  AgentSession(
      Outlet outlet,
      SiteAgent identity,
      AgentRegistry registry,
      InventoryPush push,
      StatusSink sink) {
    this.outlet = outlet;
    this.identity = identity;
    this.registry = registry;
    this.push = push;
    this.sink = sink;
    String name = "agent of " + identity.siteName();
    hearer = Thread.ofVirtual().name(name).unstarted(this::hear);
    teller = Thread.ofVirtual().name("to " + name).unstarted(this::tell);
  }

  void start() {
    // An agent that spoke at once could be heard before the server has a WebSocket to hear it by.
    put(new Outgoing.Message(new ControlMessage.Heartbeat()));
    teller.start();
    hearer.start();
  }

  UUID site() {
    return identity.site();
  }

  UUID token() {
    return identity.token();
  }

  /** Whether it was heard of lately enough to be there. */
  boolean isAlive() {
    return !ended && Instant.now().isBefore(lastHeardAt.plus(LinkProtocol.DEAD_AFTER));
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

  /** The agent has said something. Does not block. */
  void said(String text) {
    if (!unheard.offer(text)) {
      end("it sends faster than it can be heard");
      outlet.close(LinkProtocol.CLOSE_TOO_BIG);
    }
  }

  /** The connection is gone, or has to go. */
  void end(String why) {
    if (ended) {
      return;
    }
    ended = true;
    registry.left(this);
    if (known != null) {
      LOG.info("The agent of site {} is gone: {}", identity.siteName(), why);
    }
    checks
        .values()
        .forEach(check -> check.completeExceptionally(new AgentNotConnectedException(site())));
    // Not by an interrupt: that would break the connection to the database which they may use.
    unheard.clear();
    unheard.add(NOTHING);
    untold.clear();
    untold.add(new Outgoing.Nothing());
  }

  /** Says goodbye and closes. */
  void dismiss(Goodbye.Reason reason, String message) {
    put(new Outgoing.Message(new Goodbye(reason, message)));
  }

  void pushInventory() {
    put(new Outgoing.Inventory(false));
  }

  CompletionStage<CheckAnswer> check(Server server, Duration deadline) {
    UUID id = UUID.randomUUID();
    CompletableFuture<CheckAnswer> answer = new CompletableFuture<>();
    checks.put(id, answer);
    put(
        new Outgoing.Message(
            new ControlMessage.Check(id, ServerDocument.of(server), deadline.toMillis())));
    if (ended) {
      answer.completeExceptionally(new AgentNotConnectedException(site()));
    }
    return answer
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((given, failure) -> checks.remove(id));
  }

  private void put(Outgoing outgoing) {
    if (!ended && !untold.offer(outgoing)) {
      end("it takes nothing");
      outlet.close(LinkProtocol.CLOSE_NORMAL);
    }
  }

  private void hear() {
    try {
      introduce();
      while (!ended) {
        String text = unheard.poll(LinkProtocol.DEAD_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
          return;
        }
        if (text == null) {
          end("it was silent for %d s".formatted(LinkProtocol.DEAD_AFTER.toSeconds()));
          outlet.close(LinkProtocol.CLOSE_NORMAL);
          return;
        }
        lastHeardAt = Instant.now();
        hear(text);
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    } catch (LinkMessageException e) {
      LOG.warn("The agent of site {} sent {}", identity.siteName(), e.getMessage());
      end("it sent what can't be read");
      outlet.close(LinkProtocol.CLOSE_MALFORMED);
    } catch (RuntimeException e) {
      LOG.error("The link to the agent of site {} failed inside", identity.siteName(), e);
      end("the control API failed inside");
      outlet.close(LinkProtocol.CLOSE_NORMAL);
    }
  }

  private void introduce() throws InterruptedException, LinkMessageException {
    String text = unheard.poll(HELLO_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      return;
    }
    if (text == null || !(LinkJson.readAgent(text) instanceof AgentMessage.Hello hello)) {
      end("it did not say who it is");
      outlet.close(LinkProtocol.CLOSE_MALFORMED);
      return;
    }
    lastHeardAt = Instant.now();
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
        "The agent of site {} is linked: {} {} from {}",
        identity.siteName(),
        hello.agent(),
        LinkProtocol.shortened(hello.version()),
        identity.address());
    put(
        new Outgoing.Message(
            new ControlMessage.Welcome(
                hello.protocol(), LinkVersion.current(), registry.denyAddresses())));
    put(new Outgoing.Inventory(true));
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

  private void hear(String text) throws LinkMessageException {
    AgentMessage message;
    try {
      message = LinkJson.readAgent(text);
    } catch (LinkMessageException e) {
      String unknown = e.unknownType();
      if (unknown == null) {
        throw e;
      }
      put(new Outgoing.Message(new ControlMessage.NotUnderstood(unknown)));
      return;
    }
    take(message);
  }

  private void take(AgentMessage message) {
    switch (message) {
      case AgentMessage.Heartbeat pulse -> {
        Known now = known;
        if (now != null) {
          known = new Known(now.hello(), pulse);
        }
      }
      case AgentMessage.ServerStatuses statuses ->
          each(statuses.changes(), change -> sink.changed(site(), change));
      case AgentMessage.VmStatuses statuses ->
          each(statuses.changes(), change -> sink.changed(site(), change));
      case AgentMessage.Checked checked -> {
        CompletableFuture<CheckAnswer> asked = checks.remove(checked.id());
        if (asked != null) {
          asked.complete(checked.answer());
        }
      }
      case AgentMessage.InventoryWanted _ -> put(new Outgoing.Inventory(true));
      case AgentMessage.InventoryTaken taken ->
          taken
              .problems()
              .forEach(problem ->
                  LOG.warn(
                      "The agent of site {} does not take up a server: {}",
                      identity.siteName(),
                      LinkProtocol.shortened(problem)));
      case AgentMessage.NotUnderstood other ->
          LOG.debug("The agent does not know {}", LinkProtocol.shortened(other.message()));
      case AgentMessage.Hello _ -> LOG.debug("The agent said hello twice");
    }
  }

  private interface Taker<T> {
    void take(T change);
  }

  /** One that can't be kept costs itself alone. */
  private <T> void each(List<T> changes, Taker<T> taker) {
    for (T change : changes) {
      try {
        taker.take(change);
      } catch (RuntimeException e) {
        LOG.error("Cannot keep a status from site {}", identity.siteName(), e);
      }
    }
  }

  private void tell() {
    Instant nextBeat = since.plus(LinkProtocol.HEARTBEAT);
    try {
      while (!ended) {
        long patience = Math.max(0, Duration.between(Instant.now(), nextBeat).toMillis());
        Outgoing next = untold.poll(patience, TimeUnit.MILLISECONDS);
        if (ended) {
          return;
        }
        if (next == null) {
          outlet.send(new ControlMessage.Heartbeat());
          nextBeat = Instant.now().plus(LinkProtocol.HEARTBEAT);
        } else if (!tell(next)) {
          return;
        }
      }
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
      outlet.close(LinkProtocol.CLOSE_NORMAL);
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  /** Returns false when that was the last. */
  private boolean tell(Outgoing next) throws IOException, InterruptedException {
    switch (next) {
      case Outgoing.Nothing _ -> {}
      case Outgoing.Inventory inventory -> tellInventory(inventory.whole());
      case Outgoing.Message(Goodbye goodbye) -> {
        registry.left(this);
        outlet.send(goodbye);
        LOG.info(
            "The link to an agent of site {} ends: {}", identity.siteName(), goodbye.message());
        outlet.close(LinkProtocol.CLOSE_REFUSED);
        end("it was sent away");
        return false;
      }
      case Outgoing.Message(ControlMessage message) -> outlet.send(message);
    }
    return true;
  }

  private void tellInventory(boolean whole) throws IOException, InterruptedException {
    if (whole) {
      push.forget();
    }
    List<ControlMessage> messages;
    try {
      messages = push.next();
    } catch (RuntimeException e) {
      // The agent keeps what it has; the next change tries again.
      LOG.error("Cannot read the inventory of site {}", identity.siteName(), e);
      push.forget();
      return;
    }
    for (ControlMessage message : messages) {
      outlet.send(message);
    }
  }
}
