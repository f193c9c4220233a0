package io.muster.agent.poll;

import io.muster.agent.metrics.BreakerState;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the poll loop knows of one server now.
 *
 * @param timeout learned, in force at the next attempt
 * @param consecutiveFailures of the kinds that open the breaker
 * @param last the newest attempt; null = none yet
 * @param lastSuccess tick of the newest attempt that succeeded; null = none yet
 * @param missedTicks since its loop began, because a poll ran long
 * @param late how far behind its plan the newest tick was visited
 * @param facts null = not known yet
 * @param gaps of the newest success
 */
public record ServerStatus(
    Server server,
    Condition condition,
    Duration interval,
    Duration timeout,
    BreakerState breaker,
    int consecutiveFailures,
    @Nullable ConnectionAttempt last,
    @Nullable Instant lastSuccess,
    long missedTicks,
    Duration late,
    @Nullable ServerFacts facts,
    List<Gap> gaps) {
  public ServerStatus {
    gaps = List.copyOf(gaps);
  }

  /** Whether it is polled, and if not, why. */
  public enum Condition {
    POLLED,
    DISABLED,
    /** This version has no driver for its platform: the entry is kept and not polled. */
    NO_DRIVER
  }

  static ServerStatus atStart(Server server, Duration interval, Duration timeout) {
    return unpolled(server, Condition.POLLED, interval, timeout);
  }

  static ServerStatus unpolled(
      Server server, Condition condition, Duration interval, Duration timeout) {
    return new ServerStatus(
        server,
        condition,
        interval,
        timeout,
        BreakerState.CLOSED,
        0,
        null,
        null,
        0,
        Duration.ZERO,
        null,
        List.of());
  }

  ServerStatus begun(Pacer.Turn turn) {
    return new ServerStatus(
        server,
        condition,
        interval,
        timeout,
        breaker,
        consecutiveFailures,
        last,
        lastSuccess,
        missedTicks + turn.missed(),
        turn.late(),
        facts,
        gaps);
  }

  ServerStatus answered(ConnectionAttempt row, ServerFacts seen, List<Gap> missing) {
    return new ServerStatus(
        server,
        condition,
        interval,
        timeout,
        breaker,
        consecutiveFailures,
        row,
        row.ts(),
        missedTicks,
        late,
        seen,
        missing);
  }

  ServerStatus knowing(ServerFacts known) {
    return new ServerStatus(
        server,
        condition,
        interval,
        timeout,
        breaker,
        consecutiveFailures,
        last,
        lastSuccess,
        missedTicks,
        late,
        known,
        gaps);
  }

  ServerStatus failed(ConnectionAttempt row) {
    return new ServerStatus(
        server,
        condition,
        interval,
        timeout,
        breaker,
        consecutiveFailures,
        row,
        lastSuccess,
        missedTicks,
        late,
        facts,
        gaps);
  }

  ServerStatus learned(Duration nextTimeout, Breaker now) {
    return new ServerStatus(
        server,
        condition,
        interval,
        nextTimeout,
        now.state(),
        now.consecutiveFailures(),
        last,
        lastSuccess,
        missedTicks,
        late,
        facts,
        gaps);
  }
}
