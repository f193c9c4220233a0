package io.muster.agent.poll;

import io.muster.agent.metrics.BreakerState;
import io.muster.agent.poll.Duplicates.Role;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Says what changed about one server, once. */
final class PollLog {
  private static final Logger LOG = LoggerFactory.getLogger(PollLog.class);

  private final String server;
  private boolean read;
  private @Nullable Failure failing;
  private int failures;
  private BreakerState breaker = BreakerState.CLOSED;
  private Map<String, Failure> gaps = Map.of();
  private Map<String, NodeStatus> nodes = Map.of();
  private @Nullable String bug;
  private boolean lagging;

  private Role role = new Role.Polled(List.of());

  PollLog(String server) {
    this.server = server;
  }

  /** Says whose turn it is among entries that are the same server. */
  void role(Role now) {
    Role before = role;
    role = now;
    switch (now) {
      case Role.Polled _ when before instanceof Role.Polled -> {}
      case Role other when other.equals(before) -> {}
      case Role.Duplicate duplicate ->
          LOG.warn(
              "{} is the same cluster as {}: {} is polled, {} is only looked at and stands by."
                  + " Remove one of the two entries, or put their URLs together",
              server,
              duplicate.of(),
              duplicate.of(),
              server);
      case Role.Replaced replaced ->
          LOG.warn(
              "{} is not polled for now: {}, the same cluster, is polled in its place",
              server,
              replaced.by());
      case Role.Polled _ -> LOG.info("{} is polled itself now", server);
    }
  }

  /** It answered, and was not to be read. */
  void looked() {
    if (failing != null) {
      LOG.info("{} answers again, after {} failed attempts", server, failures);
    }
    failing = null;
    bug = null;
    failures = 0;
    nodes = Map.of();
    gaps = Map.of();
  }

  void answered(Snapshot snapshot) {
    if (failing != null) {
      LOG.info("{} is read again, after {} failed polls", server, failures);
    } else if (!read) {
      LOG.info(
          "{} is read: version {}, {} nodes, {} VMs",
          server,
          snapshot.facts().version() == null ? "not known yet" : snapshot.facts().version(),
          snapshot.nodes().size(),
          snapshot.vms().size());
    }
    read = true;
    failing = null;
    bug = null;
    failures = 0;
    nodes(snapshot.nodes());
    gaps(snapshot.gaps());
  }

  void failed(Failure failure, String message) {
    failures++;
    if (failing != failure) {
      LOG.warn("{} can't be read: {}: {}", server, failure, message);
      failing = failure;
    }
  }

  void bug(String message, Throwable cause) {
    failures++;
    failing = Failure.BUG;
    if (!message.equals(bug)) {
      LOG.error("{}: {}; polling goes on", server, message, cause);
      bug = message;
    }
  }

  void breaker(BreakerState now) {
    if (now == BreakerState.OPEN && breaker != BreakerState.OPEN) {
      LOG.warn(
          "{} is asked less often now, at least once in {} s, until it answers",
          server,
          Breaker.MAX_BACK_OFF.toSeconds());
    }
    if (now == BreakerState.CLOSED && breaker != BreakerState.CLOSED) {
      LOG.info("{} is asked at every tick again", server);
    }
    if (now != BreakerState.HALF_OPEN) {
      breaker = now;
    }
  }

  void missed(int ticks) {
    if (ticks > 0 && !lagging) {
      LOG.warn("{}: {} ticks were skipped, its polls run longer than its interval", server, ticks);
    }
    lagging = ticks > 0;
  }

  private void nodes(List<NodeState> seen) {
    Map<String, NodeStatus> now = new HashMap<>();
    for (NodeState node : seen) {
      now.put(node.node(), node.status());
      NodeStatus before = nodes.get(node.node());
      if (before != null && before != node.status()) {
        try (var _ = MDC.putCloseable("node", node.node())) {
          LOG.atLevel(isWell(node.status()) ? Level.INFO : Level.WARN)
              .log(
                  "{}: node {} is {}, it was {}",
                  server,
                  node.node(),
                  node.status().label(),
                  before.label());
        }
      }
    }
    nodes = now;
  }

  private static boolean isWell(NodeStatus status) {
    return switch (status) {
      case ONLINE, READY, MAINTENANCE -> true;
      case OFFLINE, UNKNOWN, NOT_READY, REMOVED -> false;
    };
  }

  private void gaps(List<Gap> seen) {
    Map<String, Failure> now = new HashMap<>();
    for (Gap gap : seen) {
      now.put(gap.subject(), gap.failure());
      if (gaps.get(gap.subject()) != gap.failure()) {
        LOG.warn(
            "{}: {} can't be read: {}: {}", server, gap.subject(), gap.failure(), gap.message());
      }
    }
    for (String subject : gaps.keySet()) {
      if (!now.containsKey(subject)) {
        LOG.info("{}: {} is read again", server, subject);
      }
    }
    gaps = now;
  }
}
