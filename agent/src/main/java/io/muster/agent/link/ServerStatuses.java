package io.muster.agent.link;

import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.ServerStatusChange.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of each server the newest status, and whether the control API has it. One entry a server, so it
 * is as large as the inventory however long the link is away. Thread-safe.
 */
final class ServerStatuses {
  /** That nothing is new is told so often: a person then sees that it was looked at. */
  static final Duration REFRESH = Duration.ofSeconds(30);

  private final Map<ServerId, Tracked> servers = new LinkedHashMap<>();

  private static final class Tracked {
    private final Availability availability = new Availability();
    private @Nullable ConnectionAttempt newest;
    private @Nullable Instant lastConnectedAt;
    private @Nullable Integer nodeCount;
    private @Nullable String version;
    private @Nullable ServerStatusChange sent;
    private @Nullable Instant sentAt;
  }

  synchronized void attempted(ServerId server, ConnectionAttempt attempt) {
    Tracked tracked = servers.computeIfAbsent(server, id -> new Tracked());
    tracked.newest = attempt;
    tracked.availability.record(attempt.ts(), attempt.success(), attempt.responseTimeMs());
    if (attempt.success()) {
      tracked.lastConnectedAt = attempt.ts();
    }
    if (attempt.nodesTotal() != null) {
      tracked.nodeCount = attempt.nodesTotal();
    }
  }

  synchronized void version(ServerId server, String version) {
    servers.computeIfAbsent(server, id -> new Tracked()).version = version;
  }

  /** Forgets all servers but these. */
  synchronized void retain(Set<ServerId> present) {
    servers.keySet().retainAll(present);
  }

  /** Its entry has changed: what was seen was another server, the next attempt is news. */
  synchronized void startOver(ServerId server) {
    Tracked tracked = servers.get(server);
    if (tracked != null) {
      tracked.newest = null;
      tracked.sent = null;
    }
  }

  /** What was sent may not have arrived, or whoever had it knows no more. */
  synchronized void sendAgain() {
    servers.values().forEach(tracked -> tracked.sent = null);
  }

  /** What is to be sent, at most {@code most}; counts as sent from now on. */
  synchronized List<ServerStatusChange> drain(Instant now, int most) {
    List<ServerStatusChange> due = new ArrayList<>();
    for (Map.Entry<ServerId, Tracked> server : servers.entrySet()) {
      Tracked tracked = server.getValue();
      ConnectionAttempt newest = tracked.newest;
      if (newest == null || due.size() >= most) {
        continue;
      }
      ServerStatusChange change = change(server.getKey(), tracked, newest, now);
      if (isDue(tracked, change, now)) {
        tracked.sent = change;
        tracked.sentAt = now;
        due.add(change);
      }
    }
    return due;
  }

  private static boolean isDue(Tracked tracked, ServerStatusChange change, Instant now) {
    ServerStatusChange sent = tracked.sent;
    Instant sentAt = tracked.sentAt;
    if (sent == null || sentAt == null) {
      return true;
    }
    boolean isNews =
        sent.connection() != change.connection()
            || sent.failure() != change.failure()
            || !sent.breaker().equals(change.breaker())
            || !Objects.equals(sent.version(), change.version())
            || !Objects.equals(sent.nodeCount(), change.nodeCount());
    return isNews || (!sent.at().equals(change.at()) && !now.isBefore(sentAt.plus(REFRESH)));
  }

  private static ServerStatusChange change(
      ServerId server, Tracked tracked, ConnectionAttempt newest, Instant now) {
    String error = newest.errorMessage();
    return new ServerStatusChange(
        server,
        newest.success() ? Connection.ONLINE : Connection.OFFLINE,
        newest.ts(),
        newest.failure(),
        error == null ? null : LinkProtocol.shortened(error),
        newest.breaker().label(),
        tracked.lastConnectedAt,
        newest.timeout().toMillis(),
        tracked.availability.responseTimeMs(now),
        tracked.availability.successRate(now),
        tracked.nodeCount,
        tracked.version);
  }
}
