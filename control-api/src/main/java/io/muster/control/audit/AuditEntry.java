package io.muster.control.audit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * One change.
 *
 * @param who name of the user, {@code token:<name>}, {@code agent:<site>} or {@code system}
 * @param detail what changed, for people; never a secret
 */
@MappedEntity("audit")
record AuditEntry(
    @Id UUID id,
    UUID tenantId,
    Instant at,
    String who,
    String role,
    String address,
    String verb,
    String subjectKind,
    String subjectId,
    String subjectName,
    String detail) {}
