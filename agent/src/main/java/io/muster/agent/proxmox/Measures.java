package io.muster.agent.proxmox;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one object measured at one moment. */
final class Measures {
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  void set(Metric metric, @Nullable Double value) {
    if (value != null) {
      values.put(metric, value);
    }
  }

  /** NaN when unknown. */
  double get(Metric metric) {
    return values.getOrDefault(metric, Double.NaN);
  }

  boolean has(Metric metric) {
    return !Double.isNaN(get(metric));
  }

  @Nullable Double number(Metric metric) {
    double value = get(metric);
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  @Nullable Long whole(Metric metric) {
    double value = get(metric);
    return Double.isNaN(value) ? null : Long.valueOf(Math.round(value));
  }

  /** Null also for 0, which Proxmox says where it doesn't know. */
  @Nullable Long positive(Metric metric) {
    Long value = whole(metric);
    return value == null || value <= 0 ? null : value;
  }

  /** A ratio; the platform's rounding may leave it slightly above 1. */
  @Nullable Double ratio(Metric metric) {
    double value = get(metric);
    return Double.isNaN(value) ? null : Double.valueOf(Math.clamp(value, 0.0, 1.0));
  }
}
