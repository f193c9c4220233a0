package io.muster.control.link;

import io.muster.control.server.StatusSink;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import io.muster.protocol.link.LinkProtocol;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what one agent says, in order, on a thread of its own. */
final class Hearer {
  private static final Logger LOG = LoggerFactory.getLogger(Hearer.class);

  /** An agent that sends faster than it is heard is broken. */
  private static final int MAX_UNHEARD = 64;

  /** Who connects and does not say who it is. */
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);

  /** Only wakes whoever waits, after the end. */
  private static final String NOTHING = "";

  private final AgentSession session;
  private final UUID site;
  private final StatusSink sink;
  private final Teller teller;
  private final PendingChecks checks;
  private final Duration deadAfter;
  private final BlockingQueue<String> unheard = new LinkedBlockingQueue<>(MAX_UNHEARD);
  private volatile boolean ended;

  Hearer(
      AgentSession session,
      StatusSink sink,
      Teller teller,
      PendingChecks checks,
      Duration deadAfter) {
    this.session = session;
    this.site = session.site();
    this.sink = sink;
    this.teller = teller;
    this.checks = checks;
    this.deadAfter = deadAfter;
  }

  void start(String name) {
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Does not block. */
  void said(String text) {
    if (!ended && !unheard.offer(text)) {
      session.end("it sends faster than it can be heard", LinkProtocol.CLOSE_TOO_BIG);
    }
  }

  /** Not by an interrupt: that would break the connection to the database which is in use. */
  void end() {
    ended = true;
    unheard.clear();
    boolean _ = unheard.offer(NOTHING);
  }

  private void run() {
    try {
      introduce();
      while (!ended) {
        String text = unheard.poll(deadAfter.toMillis(), TimeUnit.MILLISECONDS);
        if (text == null) {
          session.end(
              "it was silent for %d s".formatted(deadAfter.toSeconds()), LinkProtocol.CLOSE_NORMAL);
        } else if (!ended) {
          session.heard();
          hear(text);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    } catch (LinkMessageException e) {
      LOG.warn("The agent of {} sent {}", session, e.getMessage());
      session.end("it sent what can't be read", LinkProtocol.CLOSE_MALFORMED);
    } catch (RuntimeException e) {
      LOG.error("The link to the agent of {} failed inside", session, e);
      session.end("the control API failed inside", LinkProtocol.CLOSE_NORMAL);
    }
  }

  private void introduce() throws InterruptedException, LinkMessageException {
    String text = unheard.poll(HELLO_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      return;
    }
    if (text != null && LinkJson.readAgent(text) instanceof AgentMessage.Hello hello) {
      session.introduced(hello);
    } else {
      session.end("it did not say who it is", LinkProtocol.CLOSE_MALFORMED);
    }
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
      teller.tell(new ControlMessage.NotUnderstood(unknown));
      return;
    }
    take(message);
  }

  private void take(AgentMessage message) {
    switch (message) {
      case AgentMessage.Heartbeat pulse -> session.beat(pulse);
      case AgentMessage.ServerStatuses statuses ->
          each(statuses.changes(), change -> sink.changed(site, change));
      case AgentMessage.VmStatuses statuses ->
          each(statuses.changes(), change -> sink.changed(site, change));
      case AgentMessage.Checked checked -> checks.answered(checked);
      case AgentMessage.InventoryWanted _ -> teller.tellInventory(true);
      case AgentMessage.InventoryTaken taken ->
          taken
              .problems()
              .forEach(problem ->
                  LOG.warn(
                      "The agent of {} does not take up a server: {}",
                      session,
                      LinkProtocol.shortened(problem)));
      case AgentMessage.NotUnderstood other ->
          LOG.debug("The agent does not know {}", LinkProtocol.shortened(other.message()));
      case AgentMessage.Hello _ -> LOG.debug("The agent said hello twice");
    }
  }

  /** One that can't be kept costs itself alone. */
  private <T> void each(List<T> changes, Consumer<T> taker) {
    for (T change : changes) {
      try {
        taker.accept(change);
      } catch (RuntimeException e) {
        LOG.error("Cannot keep a status from {}", session, e);
      }
    }
  }
}
