package io.muster.agent.openstack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rates of counters: of some that fell, or were not known before, there are none. */
final class Rates {
  private static final double NANOS = 1e9;

  private final Map<String, Baseline> before = new HashMap<>();

  /**
   * @param updated a guest that was changed since may have been started anew
   */
  private record Baseline(Usage usage, @Nullable Instant updated) {}

  /**
   * Between two readings; null = not known.
   *
   * @param seconds between them
   * @param cpuRatio 0–1 of the guest's own cores
   */
  record Rate(
      @Nullable Integer seconds,
      @Nullable Double cpuRatio,
      @Nullable Double read,
      @Nullable Double written,
      @Nullable Double received,
      @Nullable Double transmitted) {
    static final Rate UNKNOWN = new Rate(null, null, null, null, null, null);
  }

  Rate of(Instance instance, Usage now) {
    Baseline baseline = before.put(instance.id(), new Baseline(now, instance.updated()));
    if (baseline == null || !equal(baseline.updated(), instance.updated())) {
      return Rate.UNKNOWN;
    }
    Usage then = baseline.usage();
    double seconds = Duration.between(then.at(), now.at()).toMillis() / 1000.0;
    if (seconds <= 0 || hasFallen(then, now)) {
      return Rate.UNKNOWN;
    }
    Double cpu = rate(then.cpuNanos(), now.cpuNanos(), seconds);
    Integer cores = now.cores();
    return new Rate(
        (int) Math.max(1, Math.round(seconds)),
        cpu == null || cores == null ? null : Double.valueOf(Math.min(1, cpu / NANOS / cores)),
        rate(then.readBytes(), now.readBytes(), seconds),
        rate(then.writtenBytes(), now.writtenBytes(), seconds),
        rate(then.receivedBytes(), now.receivedBytes(), seconds),
        rate(then.transmittedBytes(), now.transmittedBytes(), seconds));
  }

  void retain(Set<String> ids) {
    before.keySet().retainAll(ids);
  }

  private static boolean equal(@Nullable Instant one, @Nullable Instant other) {
    return one == null ? other == null : one.equals(other);
  }

  /** One that fell tells of all: the guest was restarted or has moved. */
  private static boolean hasFallen(Usage then, Usage now) {
    return fell(then.cpuNanos(), now.cpuNanos())
        || fell(then.readBytes(), now.readBytes())
        || fell(then.writtenBytes(), now.writtenBytes())
        || fell(then.receivedBytes(), now.receivedBytes())
        || fell(then.transmittedBytes(), now.transmittedBytes());
  }

  private static boolean fell(@Nullable Long from, @Nullable Long to) {
    return from != null && to != null && to < from;
  }

  private static @Nullable Double rate(@Nullable Long from, @Nullable Long to, double seconds) {
    return from == null || to == null ? null : Double.valueOf((to - from) / seconds);
  }
}
