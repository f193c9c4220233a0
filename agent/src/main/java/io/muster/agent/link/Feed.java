package io.muster.agent.link;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.metrics.AgentSample;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.Origin;
import io.muster.agent.metrics.Recorder;
import io.muster.agent.metrics.ServerState;
import io.muster.agent.poll.PollListener;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.VmStatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that waits to be told to the control API: answers of this connection, and states, which
 * outlive it. Never blocks whoever puts something in. Thread-safe.
 */
final class Feed implements PollListener {
  /** Answers to what the control API asked: more at once than it asks at once. */
  private static final int MAX_ANSWERS = 1_000;

  private final ServerStatuses servers = new ServerStatuses();
  private final VmStatuses vms = new VmStatuses();
  private final Deque<AgentMessage> answers = new ArrayDeque<>();
  private Map<ServerId, Server> entries = Map.of();
  private final Semaphore news = new Semaphore(0);

  @Override
  public void attempted(Server server, ConnectionAttempt attempt, Duration elapsed) {
    servers.attempted(server.entry().id(), attempt);
    news.release();
  }

  @Override
  public void missed(Server server, int ticks) {}

  @Override
  public void gone(Server server) {}

  /** Only servers of the inventory, and only polled ones, have a status. */
  synchronized void retain(Inventory inventory) {
    Set<ServerId> present =
        inventory.servers().stream()
            .filter(server -> server.entry().enabled())
            .map(server -> server.entry().id())
            .collect(Collectors.toSet());
    servers.retain(present);
    vms.retain(present);
    Map<ServerId, Server> before = entries;
    entries =
        inventory.servers().stream()
            .collect(Collectors.toMap(server -> server.entry().id(), Function.identity()));
    entries.forEach((id, server) -> {
      if (!server.equals(before.get(id))) {
        servers.startOver(id);
      }
    });
  }

  /** The same recorder, which is overheard. */
  Recorder overhear(Recorder recorder) {
    return new Recorder() {
      @Override
      public int snapshot(Origin origin, Instant tick, Snapshot snapshot) {
        if (vms.snapshot(origin.serverId(), tick, snapshot)) {
          news.release();
        }
        return recorder.snapshot(origin, tick, snapshot);
      }

      @Override
      public void changes(Origin origin, Changes changes) {
        if (vms.changes(origin.serverId(), changes)) {
          news.release();
        }
        recorder.changes(origin, changes);
      }

      @Override
      public void attempt(Origin origin, ConnectionAttempt attempt) {
        recorder.attempt(origin, attempt);
      }

      @Override
      public void serverState(Origin origin, Instant tick, ServerState state) {
        String version = state.facts().version();
        if (version != null) {
          servers.version(origin.serverId(), version);
        }
        recorder.serverState(origin, tick, state);
      }

      @Override
      public void inventory(Set<ServerId> present, Instant tick) {
        recorder.inventory(present, tick);
      }

      @Override
      public void agent(AgentSample sample) {
        recorder.agent(sample);
      }
    };
  }

  /** For this connection alone; what finds no room is dropped, and its asker's deadline tells. */
  void answer(AgentMessage message) {
    synchronized (answers) {
      if (answers.size() < MAX_ANSWERS) {
        answers.add(message);
      }
    }
    news.release();
  }

  /** A new connection: nobody waits for old answers, and every state is told again. */
  void startOver() {
    synchronized (answers) {
      answers.clear();
    }
    servers.sendAgain();
    vms.sendAgain();
    news.release();
  }

  /** Blocks until something new waits, at most for {@code patience}. */
  void await(Duration patience) throws InterruptedException {
    if (news.tryAcquire(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /** Everything that waits, as messages. */
  List<AgentMessage> drain(Instant now) {
    List<AgentMessage> messages = new ArrayList<>();
    synchronized (answers) {
      messages.addAll(answers);
      answers.clear();
    }
    // First, since they cost the control API less: a burst of servers does not hold them up.
    List<VmStatusChange> changed = vms.drain(now, LinkProtocol.MAX_CHANGES);
    if (!changed.isEmpty()) {
      messages.add(new AgentMessage.VmStatuses(changed));
    }
    List<ServerStatusChange> statuses = servers.drain(now, LinkProtocol.MAX_CHANGES);
    if (!statuses.isEmpty()) {
      messages.add(new AgentMessage.ServerStatuses(statuses));
    }
    if (statuses.size() == LinkProtocol.MAX_CHANGES || changed.size() == LinkProtocol.MAX_CHANGES) {
      news.release();
    }
    return messages;
  }
}
