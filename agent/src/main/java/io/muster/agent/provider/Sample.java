package io.muster.agent.provider;

import java.time.Instant;

/** Numbers that the platform measured; one row of a {@code *_metrics} table. Null = unknown. */
public sealed interface Sample
    permits ClusterSample, NodeSample, VmSample, StorageSample, QuotaSample {
  /** The platform's own time of measurement, else the tick. */
  Instant ts();
}
