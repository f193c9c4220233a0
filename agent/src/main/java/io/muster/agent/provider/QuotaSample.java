package io.muster.agent.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project's quota of one resource: {@code quota_metrics}.
 *
 * @param limitValue null = unlimited
 */
public record QuotaSample(
    Instant ts, String project, String resource, @Nullable Long used, @Nullable Long limitValue)
    implements Sample {}
