package io.muster.control.alert;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit of an alert rule.
 *
 * @param serverId only of this server; null = of every one
 * @param server its name
 * @param tag only of servers and VMs with this tag; null = with any
 * @param limit null = a row by hand has none
 * @param firesWhen in words
 * @param setAt null = as Muster brings it
 */
@Serdeable
record LimitView(
    @Schema(example = "node-cpu") String rule,
    @Schema(example = "6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763") @Nullable UUID serverId,
    @Schema(example = "pve-1") @Nullable String server,
    @Schema(example = "build-machine") @Nullable String tag,
    @Schema(example = "80") @Nullable Double limit,
    @Schema(example = "true") boolean enabled,
    @Schema(example = "percent") String unit,
    @Schema(example = "the mean of 5 minutes is higher") String firesWhen,
    @Schema(example = "2026-11-21T12:00:00Z") @Nullable Instant setAt) {
  static LimitView of(Rule rule, Limit limit, @Nullable String server) {
    return new LimitView(
        rule.name(),
        limit.key().server(),
        server,
        limit.key().tag(),
        limit.value(),
        limit.enabled(),
        rule.shipped().unit(),
        rule.shipped().firesWhen(),
        limit.setAt());
  }
}
