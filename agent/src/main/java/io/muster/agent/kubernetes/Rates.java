package io.muster.agent.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rates of counters: of one that fell, or was not known before, there is none. */
final class Rates {
  static final Rate UNKNOWN = new Rate(null, null);

  private final Map<String, Counted> before = new HashMap<>();

  private record Counted(Instant at, Usage.More counters) {}

  /** Bytes a second. */
  record Rate(@Nullable Double receive, @Nullable Double transmit) {}

  Rate of(Usage usage) {
    Counted last = before.put(usage.id(), new Counted(usage.at(), usage.more()));
    if (last == null || !usage.at().isAfter(last.at())) {
      return UNKNOWN;
    }
    double seconds = Duration.between(last.at(), usage.at()).toMillis() / 1000.0;
    return new Rate(
        rate(last.counters().receivedBytes(), usage.more().receivedBytes(), seconds),
        rate(last.counters().transmittedBytes(), usage.more().transmittedBytes(), seconds));
  }

  void retain(Set<String> ids) {
    before.keySet().retainAll(ids);
  }

  private static @Nullable Double rate(@Nullable Long from, @Nullable Long to, double seconds) {
    return from == null || to == null || to < from || seconds <= 0
        ? null
        : Double.valueOf((to - from) / seconds);
  }
}
