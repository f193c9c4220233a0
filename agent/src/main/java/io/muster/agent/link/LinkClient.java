package io.muster.agent.link;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.LinkInventorySource;
import io.muster.agent.metrics.Recorder;
import io.muster.agent.poll.PollListener;
import io.muster.agent.provider.Destinations;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.AddressRules;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the link: connects, and when the connection has ended, connects again. */
public final class LinkClient implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(LinkClient.class);

  /** A connection that lasted so long was a good one: the next try comes soon. */
  private static final Duration GOOD = Duration.ofSeconds(10);

  /** The whole agent ends within 5 s: this is the link's part of it. */
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(500);

  private final LinkTransport transport;
  private final AgentMessage.Hello hello;
  private final LinkInventorySource inventory;
  private final AddressRules ownRules;
  private final Checks checks;
  private final Supplier<AgentMessage.Heartbeat> pulse;
  private final Duration deadAfter;
  private final Feed feed = new Feed();
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
  private final Thread thread = Thread.ofVirtual().name("link").unstarted(this::run);
  private volatile LinkStatus status;
  private volatile boolean closed;
  private volatile @Nullable LinkSocket socket;

  /**
   * @param ownRules what the agent itself denies to servers
   * @param drivers for checks
   * @param pulse how the agent does; cheap
   */
  public LinkClient(
      LinkTransport transport,
      AgentMessage.Hello hello,
      LinkInventorySource inventory,
      AddressRules ownRules,
      ProviderFactory drivers,
      Supplier<AgentMessage.Heartbeat> pulse) {
    this(transport, hello, inventory, ownRules, drivers, pulse, LinkProtocol.DEAD_AFTER);
  }

  LinkClient(
      LinkTransport transport,
      AgentMessage.Hello hello,
      LinkInventorySource inventory,
      AddressRules ownRules,
      ProviderFactory drivers,
      Supplier<AgentMessage.Heartbeat> pulse,
      Duration deadAfter) {
    this.transport = transport;
    this.hello = hello;
    this.inventory = inventory;
    this.ownRules = ownRules;
    this.checks = new Checks(drivers);
    this.pulse = pulse;
    this.deadAfter = deadAfter;
    this.status = new LinkStatus(transport.api(), false, null, null, null, 0, null);
  }

  @Override
  public void start() {
    deny(inventory.denyAddresses());
    inventory.onChange(feed::retain);
    thread.start();
  }

  @Override
  public PollListener listener() {
    return feed;
  }

  @Override
  public Recorder overhear(Recorder recorder) {
    return feed.overhear(recorder);
  }

  @Override
  public LinkStatus status() {
    LinkStatus now = status;
    return new LinkStatus(
        now.url(),
        now.connected(),
        now.since(),
        now.problem(),
        now.lastHeardAt(),
        inventory.revision(),
        now.controlVersion());
  }

  /** Blocks for a moment at most. */
  @Override
  public void close() {
    closed = true;
    LinkSocket open = socket;
    if (open != null) {
      open.end(LinkProtocol.CLOSE_NORMAL, "the agent stops");
    }
    thread.interrupt();
    try {
      boolean _ = thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    transport.close();
  }

  private void run() {
    try {
      while (!closed) {
        try {
          connect();
        } catch (LinkException e) {
          lost(e);
        } catch (RuntimeException e) {
          LOG.error("The link failed inside the agent", e);
          lost(new LinkException("the agent failed inside; see its log", e));
        }
        Thread.sleep(backoff.next());
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private void connect() throws LinkException, InterruptedException {
    try (LinkSocket open = transport.open()) {
      socket = open;
      Conversation conversation =
          new Conversation(open, feed, inventory, checks, pulse, this::heard, deadAfter);
      ControlMessage.Welcome welcome = conversation.introduce(hello);
      Instant began = Instant.now();
      met(welcome);
      try {
        conversation.hold();
      } finally {
        if (Duration.between(began, Instant.now()).compareTo(GOOD) >= 0) {
          backoff.reset();
        }
      }
    } finally {
      socket = null;
    }
  }

  private void met(ControlMessage.Welcome welcome) {
    Instant now = Instant.now();
    status = new LinkStatus(transport.api(), true, now, null, now, 0, welcome.version());
    LOG.info("Linked to the control API {} {}", transport.api(), welcome.version());
    inventory.deny(welcome.denyAddresses());
    deny(welcome.denyAddresses());
  }

  private void heard() {
    LinkStatus now = status;
    status =
        new LinkStatus(now.url(), true, now.since(), null, Instant.now(), 0, now.controlVersion());
  }

  private void lost(LinkException why) {
    if (closed) {
      return;
    }
    LinkStatus before = status;
    if (before.connected() || !why.reason().equals(before.problem())) {
      LOG.warn("No link to the control API: {}; {}", why.reason(), meanwhile());
      LOG.debug("The link ended", why);
    }
    status =
        new LinkStatus(
            before.url(),
            false,
            before.connected() ? Instant.now() : before.since(),
            why.reason(),
            before.lastHeardAt(),
            0,
            before.controlVersion());
  }

  private String meanwhile() {
    Inventory known = inventory.current();
    return known == null
        ? "nothing is polled until it answers"
        : "polling of %d servers goes on".formatted(known.servers().size());
  }

  private void deny(List<String> more) {
    try {
      Destinations.deny(ownRules.and(AddressRules.parse(more)));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "The addresses that the control API denies can't be read ({}); the agent's own are in"
              + " force",
          Objects.toString(e.getMessage(), ""));
      Destinations.deny(ownRules);
    }
  }
}
