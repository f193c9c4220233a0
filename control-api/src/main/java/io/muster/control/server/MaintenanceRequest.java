package io.muster.control.server;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.Fields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when nobody is to be alarmed.
 *
 * @param node of the server; null = the whole server
 */
@Serdeable
record MaintenanceRequest(@Nullable Instant until, @Nullable String reason, @Nullable String node) {
  /** Longer than any work on a server; what lasts longer is a server to disable. */
  private static final Duration MAX = Duration.ofDays(366);

  private static final int MAX_REASON = 500;
  private static final int MAX_NODE = 255;

  /** When it ends, once everything is sound. */
  Instant soundUntil(Instant now) {
    Fields fields = new Fields();
    Instant end = fields.present("until", until, now.plusSeconds(1));
    if (!end.isAfter(now) || end.isAfter(now.plus(MAX))) {
      fields.wrong("until", "must be a time from now to a year from now");
    }
    if (soundReason().length() > MAX_REASON) {
      fields.wrong("reason", "must have at most " + MAX_REASON + " characters");
    }
    if (node != null && (node.isBlank() || node.length() > MAX_NODE)) {
      fields.wrong("node", "must be a node's name");
    }
    fields.check();
    return end;
  }

  String soundReason() {
    return reason == null ? "" : reason.strip();
  }
}
