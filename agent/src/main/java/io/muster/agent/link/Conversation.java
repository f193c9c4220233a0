package io.muster.agent.link;

import io.muster.agent.inventory.LinkInventorySource;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.InventoryItem;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from the hello to its end. One thread reads, another one tells. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** A control API that takes the connection and says nothing is none. */
  private static final Duration WELCOME_LIMIT = Duration.ofSeconds(10);

  /** As often as the control API asks who it is, in the time that it gives. */
  private static final int MAX_HELLOS = 30;

  /** One burst of changes is one message. */
  private static final Duration BURST = Duration.ofMillis(100);

  private final LinkSocket socket;
  private final Feed feed;
  private final LinkInventorySource inventory;
  private final Checks checks;
  private final Supplier<AgentMessage.Heartbeat> pulse;
  private final Runnable heard;
  private final Duration deadAfter;
  private final List<InventoryItem> parts = new ArrayList<>();
  private int partsTaken;
  private volatile boolean ended;

  /**
   * @param pulse how the agent does
   * @param heard told at every message
   * @param deadAfter a control API that is silent for so long is gone
   */
  Conversation(
      LinkSocket socket,
      Feed feed,
      LinkInventorySource inventory,
      Checks checks,
      Supplier<AgentMessage.Heartbeat> pulse,
      Runnable heard,
      Duration deadAfter) {
    this.socket = socket;
    this.feed = feed;
    this.inventory = inventory;
    this.checks = checks;
    this.pulse = pulse;
    this.heard = heard;
    this.deadAfter = deadAfter;
  }

  /** Blocks until the control API has said who it is. */
  ControlMessage.Welcome introduce(AgentMessage.Hello hello)
      throws LinkException, InterruptedException {
    ControlMessage answer = first();
    // The first words may be lost while the server makes a WebSocket of the connection.
    for (int i = 0; i < MAX_HELLOS && answer instanceof ControlMessage.Heartbeat; i++) {
      socket.send(LinkJson.write(hello));
      answer = first();
    }
    return switch (answer) {
      case ControlMessage.Welcome welcome -> welcome;
      case ControlMessage.Goodbye goodbye -> throw refused(goodbye);
      case ControlMessage.Heartbeat _,
          ControlMessage.Inventory _,
          ControlMessage.InventoryChange _,
          ControlMessage.Check _,
          ControlMessage.NotUnderstood _ ->
          throw new LinkException("the control API did not say welcome");
    };
  }

  /** Blocks for as long as the connection lasts. */
  void hold() throws LinkException, InterruptedException {
    feed.startOver();
    Thread teller = Thread.ofVirtual().name("link teller").start(this::tell);
    try {
      while (true) {
        String text = socket.receive(deadAfter);
        if (text == null) {
          throw new LinkException(
              "the control API was silent for %d s".formatted(deadAfter.toSeconds()));
        }
        heard.run();
        try {
          take(LinkJson.readControl(text));
        } catch (LinkMessageException e) {
          refuse(e);
        }
      }
    } finally {
      ended = true;
      teller.interrupt();
    }
  }

  private ControlMessage first() throws LinkException, InterruptedException {
    String text = socket.receive(WELCOME_LIMIT);
    if (text == null) {
      throw new LinkException("the control API took the link and says nothing");
    }
    try {
      return LinkJson.readControl(text);
    } catch (LinkMessageException e) {
      throw new LinkException("the control API sent " + e.getMessage(), e);
    }
  }

  private static LinkException refused(ControlMessage.Goodbye goodbye) {
    return new LinkException("the control API says: " + LinkProtocol.shortened(goodbye.message()));
  }

  private void refuse(LinkMessageException e) throws LinkException {
    String unknown = e.unknownType();
    if (unknown == null) {
      socket.end(LinkProtocol.CLOSE_MALFORMED, "malformed");
      throw new LinkException("the control API sent " + e.getMessage(), e);
    }
    LOG.debug("The control API sent {}; it is left alone", e.getMessage());
    feed.answer(new AgentMessage.NotUnderstood(unknown));
  }

  private void take(ControlMessage message) throws LinkException {
    switch (message) {
      case ControlMessage.Heartbeat _ -> {}
      case ControlMessage.Inventory part -> take(part);
      case ControlMessage.InventoryChange change -> take(change);
      case ControlMessage.Check check -> checks.start(check, feed::answer);
      case ControlMessage.Goodbye goodbye -> throw refused(goodbye);
      case ControlMessage.NotUnderstood other ->
          LOG.debug("The control API does not know {}", LinkProtocol.shortened(other.message()));
      case ControlMessage.Welcome _ ->
          throw new LinkException("the control API said welcome twice");
    }
  }

  private void take(ControlMessage.Inventory part) throws LinkException {
    if (part.part() == 1) {
      parts.clear();
      partsTaken = 0;
    }
    if (part.part() != partsTaken + 1) {
      throw new LinkException("the control API sent a part of an inventory out of its turn");
    }
    partsTaken = part.part();
    parts.addAll(part.servers());
    if (parts.size() > LinkProtocol.MAX_SERVERS) {
      throw new LinkException(
          "the control API sent more than " + LinkProtocol.MAX_SERVERS + " servers");
    }
    if (part.part() == part.parts()) {
      inventory.replace(part.revision(), parts);
      parts.clear();
      partsTaken = 0;
      sayTaken();
    }
  }

  private void take(ControlMessage.InventoryChange change) {
    if (inventory.change(change.from(), change.revision(), change.changed(), change.removed())) {
      sayTaken();
    } else {
      feed.answer(new AgentMessage.InventoryWanted());
    }
  }

  private void sayTaken() {
    feed.answer(
        new AgentMessage.InventoryTaken(
            inventory.revision(),
            inventory.problems().stream()
                .limit(LinkProtocol.MAX_CHANGES)
                .map(LinkProtocol::shortened)
                .toList()));
  }

  private void tell() {
    Instant nextBeat = Instant.now();
    try {
      while (!ended) {
        Instant now = Instant.now();
        for (AgentMessage message : feed.drain(now)) {
          socket.send(LinkJson.write(message));
        }
        if (!now.isBefore(nextBeat)) {
          socket.send(LinkJson.write(pulse.get()));
          nextBeat = now.plus(LinkProtocol.HEARTBEAT);
        }
        Thread.sleep(BURST);
        feed.await(Duration.between(Instant.now(), nextBeat));
      }
    } catch (LinkException e) {
      // Whoever reads ends too, and says so.
      socket.close();
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    } catch (RuntimeException e) {
      LOG.error("The agent failed inside while telling the control API", e);
      socket.close();
    }
  }
}
