package io.muster.agent.poll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The worst lag of any poll since it was last asked. */
final class LagMeter {
  private @Nullable Double worstMs;

  synchronized void record(Duration late) {
    double ms = late.toNanos() / 1e6;
    worstMs = worstMs == null ? ms : Math.max(worstMs, ms);
  }

  /** In milliseconds; null when nothing was polled. Starts anew. */
  synchronized @Nullable Double drain() {
    Double worst = worstMs;
    worstMs = null;
    return worst;
  }
}
