package io.muster.control.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How reaching a server went.
 *
 * @param raw each attempt, the oldest first
 * @param hourly each hour, the oldest first, those without an attempt too
 */
@Serdeable
record ConnectionHistoryView(List<Attempt> raw, List<Hour> hourly, Summary summary) {
  ConnectionHistoryView {
    raw = List.copyOf(raw);
    hourly = List.copyOf(hourly);
  }

  /**
   * One attempt to read the server.
   *
   * @param responseTimeMs null = nothing answered
   * @param errorMessage null = success
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Attempt(
      Instant time,
      boolean success,
      @Schema(example = "23.4") @Nullable Double responseTimeMs,
      @Schema(example = "direct") @Nullable String route,
      @Nullable String errorMessage) {}

  /**
   * The attempts of one hour.
   *
   * @param time its begin
   * @param successRate 0 to 100; null = nothing was attempted
   * @param avgResponseTimeMs null = nothing answered
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Hour(
      Instant time,
      @Schema(example = "99.7") @Nullable Double successRate,
      @Schema(example = "23.4") @Nullable Double avgResponseTimeMs,
      @Schema(example = "360") long attempts) {}

  /**
   * All hours together.
   *
   * @param successRate 0 to 100; null = nothing was attempted
   * @param avgResponseTimeMs null = nothing answered
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Summary(
      @Schema(example = "8640") long totalAttempts,
      @Schema(example = "8611") long successCount,
      @Schema(example = "99.7") @Nullable Double successRate,
      @Schema(example = "23.4") @Nullable Double avgResponseTimeMs) {}
}
