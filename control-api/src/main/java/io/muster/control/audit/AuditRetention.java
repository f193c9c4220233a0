package io.muster.control.audit;

import io.micronaut.scheduling.annotation.Scheduled;
import io.muster.control.settings.ControlSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets entries of the audit that are older than the operator wants to keep. */
@Singleton
final class AuditRetention {
  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

  private final AuditRepository entries;
  private final int days;

  AuditRetention(AuditRepository entries, ControlSettings settings) {
    this.entries = entries;
    this.days = settings.auditDays();
  }

  // Soon after each start too: one that is started every morning would never come to it else.
  @Scheduled(initialDelay = "5m", fixedDelay = "24h")
  void forgetOld() {
    forgetOld(Instant.now());
  }

  void forgetOld(Instant now) {
    if (days == 0) {
      return;
    }
    long count = entries.deleteBefore(now.minus(Duration.ofDays(days)));
    if (count > 0) {
      LOG.info("{} entries of the audit were older than {} days and are gone", count, days);
    }
  }
}
