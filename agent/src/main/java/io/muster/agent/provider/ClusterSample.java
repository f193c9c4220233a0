package io.muster.agent.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The cluster as a whole: {@code cluster_metrics}. */
public record ClusterSample(
    Instant ts,
    String cluster,
    @Nullable Boolean quorate,
    @Nullable Integer nodesExpected,
    @Nullable Integer nodesOnline,
    @Nullable Integer haErrors,
    @Nullable String cephHealth,
    @Nullable Integer updatesPending)
    implements Sample {}
