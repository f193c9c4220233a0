package io.muster.control.audit;

import io.muster.control.caller.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Keeps who changed what. Called within the change's own transaction, so that there is no change
 * without its entry and no entry without its change.
 */
@Singleton
public final class Audit {
  private final AuditRepository entries;

  Audit(AuditRepository entries) {
    this.entries = entries;
  }

  /**
   * Records a change.
   *
   * @param verb {@code create}, {@code update}, {@code delete} …
   * @param detail what changed, for people; empty = nothing to add; never a secret
   */
  public void record(Caller caller, String verb, Subject subject, String detail) {
    record(
        caller.tenant(),
        new Actor(caller.who(), caller.role().label(), caller.address()),
        verb,
        subject,
        detail);
  }

  /** The same for a change in another tenant, or by somebody who has no token. */
  public void record(UUID tenant, Actor actor, String verb, Subject subject, String detail) {
    entries.save(
        new AuditEntry(
            UUID.randomUUID(),
            tenant,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            actor.who(),
            actor.role(),
            actor.address(),
            verb,
            subject.kind(),
            subject.id(),
            subject.name(),
            detail));
  }
}
