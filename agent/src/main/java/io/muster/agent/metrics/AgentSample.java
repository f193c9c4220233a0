package io.muster.agent.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The agent's own health: {@code agent_metrics}. The writer adds its own counters. */
public record AgentSample(Instant ts, String version, int servers, @Nullable Double pollLagMs) {}
