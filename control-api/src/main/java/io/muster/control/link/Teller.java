package io.muster.control.link;

import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.ControlMessage.Goodbye;
import io.muster.protocol.link.LinkProtocol;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one agent what waits for it, on a thread of its own, and that the control API lives. */
final class Teller {
  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

  /**
   * Until the agent has said who it is: its first words may meet a server that is not done with
   * making a WebSocket of the connection, and are lost then.
   */
  private static final Duration FIRST_BEATS = Duration.ofMillis(500);

  /** More than one import asks at once; an agent that takes nothing is dead soon anyway. */
  private static final int MAX_UNTOLD = 1_000;

  private final AgentSession session;
  private final Outlet outlet;
  private final InventoryPush push;
  private final BlockingQueue<Outgoing> untold = new LinkedBlockingQueue<>(MAX_UNTOLD);
  private volatile boolean ended;

  private sealed interface Outgoing {
    record Message(ControlMessage message) implements Outgoing {}

    /** The inventory, as it is when this has its turn. */
    record Inventory(boolean whole) implements Outgoing {}

    /** Only wakes whoever waits, after the end. */
    record Nothing() implements Outgoing {}
  }

  Teller(AgentSession session, Outlet outlet, InventoryPush push) {
    this.session = session;
    this.outlet = outlet;
    this.push = push;
  }

  void start(String name) {
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Does not block; a {@link Goodbye} is the last. */
  void tell(ControlMessage message) {
    put(new Outgoing.Message(message));
  }

  /** Does not block. */
  void tellInventory(boolean whole) {
    put(new Outgoing.Inventory(whole));
  }

  /** Not by an interrupt: that would break the connection to the database which is in use. */
  void end() {
    ended = true;
    untold.clear();
    boolean _ = untold.offer(new Outgoing.Nothing());
  }

  private void put(Outgoing outgoing) {
    if (!ended && !untold.offer(outgoing)) {
      session.end("it takes nothing", LinkProtocol.CLOSE_NORMAL);
    }
  }

  private void run() {
    Instant nextBeat = Instant.now();
    try {
      while (!ended) {
        long patience = Math.max(0, Duration.between(Instant.now(), nextBeat).toMillis());
        Outgoing next = untold.poll(patience, TimeUnit.MILLISECONDS);
        if (next == null) {
          outlet.send(new ControlMessage.Heartbeat());
          nextBeat = Instant.now().plus(session.isKnown() ? LinkProtocol.HEARTBEAT : FIRST_BEATS);
        } else if (!ended) {
          send(next);
        }
      }
    } catch (IOException e) {
      session.end(String.valueOf(e.getMessage()), LinkProtocol.CLOSE_NORMAL);
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private void send(Outgoing next) throws IOException, InterruptedException {
    switch (next) {
      case Outgoing.Nothing _ -> {}
      case Outgoing.Inventory inventory -> sendInventory(inventory.whole());
      case Outgoing.Message(Goodbye goodbye) -> {
        session.leave(goodbye.message());
        outlet.send(goodbye);
        LOG.info("The link to an agent of {} ends: {}", session, goodbye.message());
        session.end("it was sent away", LinkProtocol.CLOSE_REFUSED);
      }
      case Outgoing.Message(ControlMessage message) -> outlet.send(message);
    }
  }

  private void sendInventory(boolean whole) throws IOException, InterruptedException {
    if (whole) {
      push.forget();
    }
    List<ControlMessage> messages;
    try {
      messages = push.next();
    } catch (RuntimeException e) {
      // The agent keeps what it has; the next change tries again.
      LOG.error("Cannot read the inventory of {}", session, e);
      push.forget();
      return;
    }
    for (ControlMessage message : messages) {
      outlet.send(message);
    }
  }
}
