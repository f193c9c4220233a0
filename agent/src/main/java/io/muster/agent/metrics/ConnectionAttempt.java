package io.muster.agent.metrics;

import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to read a server: {@code connection_metrics}.
 *
 * @param ts the tick
 * @param responseTimeMs null = nothing answered
 * @param failure null = success
 * @param timeout learned, in force at this attempt
 */
public record ConnectionAttempt(
    Instant ts,
    @Nullable Double responseTimeMs,
    int apiCalls,
    int rowsRead,
    @Nullable Failure failure,
    @Nullable String errorMessage,
    BreakerState breaker,
    Duration timeout,
    Duration interval,
    String route,
    @Nullable Integer nodesOnline,
    @Nullable Integer nodesTotal,
    @Nullable Long clockSkewMs) {
  public boolean success() {
    return failure == null;
  }
}
