package io.muster.control.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Numbers over time.
 *
 * @param from begin of the first point; what was asked for, or up to a step earlier
 * @param to end of the last point
 * @param stepSeconds how much time a point is of
 */
@Serdeable
record MetricHistoryView(
    Instant from, Instant to, @Schema(example = "180") long stepSeconds, List<Series> series) {
  MetricHistoryView {
    series = List.copyOf(series);
  }

  /**
   * One number of one thing.
   *
   * @param source the table that it was read from
   * @param labels what it is of: {@code node}, {@code vm}, {@code storage} …; none = the server
   * @param points each step has one
   */
  @Serdeable
  record Series(
      @Schema(example = "cpu_usage_ratio") String metric,
      @Schema(example = "vm_metrics") String source,
      UUID serverId,
      @Schema(example = "pve-lab") String serverName,
      @Schema(example = "{\"vm\": \"qemu:101\"}") Map<String, String> labels,
      List<Point> points) {
    Series {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      points = List.copyOf(points);
    }
  }

  /**
   * What a step had.
   *
   * @param time its begin
   * @param value the mean; null = nothing was measured
   * @param max the largest single sample; null = not known
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Point(
      Instant time,
      @Schema(example = "0.21") @Nullable Double value,
      @Schema(example = "0.63") @Nullable Double max) {
    static Point none(Instant time) {
      return new Point(time, null, null);
    }
  }
}
