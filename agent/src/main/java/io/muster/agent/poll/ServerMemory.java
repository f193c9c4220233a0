package io.muster.agent.poll;

import io.muster.agent.inventory.Maintained;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.Origin;
import io.muster.agent.metrics.ServerState;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Look;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What one server's loop has learned, and the rows that follow from it. Belongs to the loop's
 * thread; only {@link #status()} may be asked, and {@link #record(Changes)} told, from elsewhere.
 */
final class ServerMemory {
  /** Longer messages repeat a body; the start says it all. */
  private static final int MAX_MESSAGE_CHARS = 500;

  private final Server server;
  private final Surroundings around;
  private final Origin origin;
  private final Duration interval;
  private final LearnedTimeout timeout;
  private final Breaker breaker;
  private final PollLog log;
  private volatile ServerStatus status;
  private volatile Maintained maintained = Maintained.NEVER;
  private @Nullable String duplicateOf;

  ServerMemory(Server server, Surroundings around) {
    this.server = server;
    this.around = around;
    interval = around.settings().intervalOf(server);
    origin = around.settings().originOf(server);
    timeout = new LearnedTimeout(interval);
    breaker = new Breaker(interval, ThreadLocalRandom.current());
    log = new PollLog(server.entry().name());
    status = ServerStatus.atStart(server, interval, timeout.current());
  }

  Origin origin() {
    return origin;
  }

  Duration interval() {
    return interval;
  }

  ServerStatus status() {
    return status;
  }

  /** Takes what an earlier loop knew of the same server. */
  void inherit(ServerStatus before) {
    ServerFacts facts = before.facts();
    if (facts != null) {
      status = status.knowing(facts);
    }
  }

  /** From any thread. */
  void maintain(Maintained periods) {
    maintained = periods;
  }

  Maintained maintained() {
    return maintained;
  }

  /** A tick has come; returns whether the server may be asked now. */
  boolean begin(Pacer.Turn turn) {
    around.lag().record(turn.late());
    log.missed(turn.missed());
    if (turn.missed() > 0) {
      around.listener().missed(server, turn.missed());
    }
    boolean permitted = breaker.permits(turn.tick());
    status = status.begun(turn).learned(timeout.current(), breaker);
    return permitted;
  }

  /** Takes what the server is to do at this tick. */
  void play(Duplicates.Role role) {
    log.role(role);
    duplicateOf = role instanceof Duplicates.Role.Duplicate duplicate ? duplicate.of() : null;
    ServerFacts facts = status.facts();
    if (facts != null || duplicateOf != null) {
      status =
          status.knowing((facts == null ? ServerFacts.UNKNOWN : facts).duplicateOf(duplicateOf));
    }
  }

  /** Writes what the server is at this tick, asked or not. From any thread. */
  void state(Instant ts, Lifecycle lifecycle) {
    ServerFacts facts = status.facts();
    Instant until = lifecycle == Lifecycle.ACTIVE ? maintained.serverUntil(ts) : null;
    around
        .recorder()
        .serverState(
            origin,
            ts,
            new ServerState(
                until == null ? lifecycle : Lifecycle.MAINTENANCE,
                until,
                interval,
                facts == null ? ServerFacts.UNKNOWN : facts,
                server.entry().tags()));
  }

  /** Learns from an attempt and leaves its row. */
  void record(Instant tick, Duration allowed, Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered answered -> recordAnswer(tick, allowed, answered);
      case Outcome.Looked looked -> recordLook(tick, allowed, looked);
      case Outcome.Failed failed -> {
        if (failed.failure() == Failure.DEADLINE_EXCEEDED) {
          timeout.exceeded();
        }
        log.failed(failed.failure(), failed.message());
        recordFailure(tick, allowed, failed);
      }
      case Outcome.Bug bug -> {
        log.bug(bug.message(), bug.cause());
        recordFailure(
            tick, allowed, new Outcome.Failed(Failure.BUG, bug.message(), 0, bug.elapsed()));
      }
    }
    log.breaker(breaker.state());
  }

  /** Leaves the rows of what was seen between two polls. */
  void record(Changes changes) {
    around.recorder().changes(origin, changes.withNodes(told(changes.nodes(), changes.at())));
  }

  /** Nodes that people maintain are told as that, whatever they do meanwhile. */
  private List<NodeState> told(List<NodeState> nodes, Instant at) {
    Maintained periods = maintained;
    return nodes.stream().map(node -> node.maintained(periods.nodeUntil(node.node(), at))).toList();
  }

  /** Recording itself failed. */
  void brokeInside(RuntimeException e) {
    log.bug("The agent failed inside while recording: " + e, e);
  }

  private void recordAnswer(Instant tick, Duration allowed, Outcome.Answered answered) {
    Snapshot snapshot = answered.snapshot();
    timeout.answered(answered.elapsed());
    breaker.answered();
    log.answered(snapshot);
    int rows =
        around.recorder().snapshot(origin, tick, snapshot.withNodes(told(snapshot.nodes(), tick)));
    ConnectionAttempt row =
        new ConnectionAttempt(
            tick,
            milliseconds(answered.elapsed()),
            snapshot.apiCalls(),
            rows,
            null,
            null,
            breaker.state(),
            allowed,
            interval,
            server.entry().route(),
            snapshot.nodesOnline(),
            snapshot.nodesTotal(),
            snapshot.clockSkewMs());
    status = status.answered(row, snapshot.facts(), snapshot.gaps());
    publish(row, answered.elapsed());
  }

  /** It answers, and nothing of it is read: its time teaches nothing of what a poll takes. */
  private void recordLook(Instant tick, Duration allowed, Outcome.Looked looked) {
    Look look = looked.look();
    breaker.answered();
    log.looked();
    ConnectionAttempt row =
        new ConnectionAttempt(
            tick,
            milliseconds(looked.elapsed()),
            look.apiCalls(),
            0,
            null,
            null,
            breaker.state(),
            allowed,
            interval,
            server.entry().route(),
            look.nodesOnline(),
            look.nodesTotal(),
            null);
    status = status.answered(row, look.facts().duplicateOf(duplicateOf), List.of());
    publish(row, looked.elapsed());
  }

  private void recordFailure(Instant tick, Duration allowed, Outcome.Failed failed) {
    breaker.failed(failed.failure(), tick);
    ConnectionAttempt row =
        new ConnectionAttempt(
            tick,
            failed.somethingAnswered() ? milliseconds(failed.elapsed()) : null,
            failed.apiCalls(),
            0,
            failed.failure(),
            shortened(failed.message()),
            breaker.state(),
            allowed,
            interval,
            server.entry().route(),
            null,
            null,
            null);
    status = status.failed(row);
    publish(row, failed.elapsed());
  }

  private void publish(ConnectionAttempt row, Duration elapsed) {
    status = status.learned(timeout.current(), breaker);
    around.recorder().attempt(origin, row);
    around.listener().attempted(server, row, elapsed);
  }

  private static double milliseconds(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE_CHARS
        ? message
        : message.substring(0, MAX_MESSAGE_CHARS - 1) + "…";
  }
}
