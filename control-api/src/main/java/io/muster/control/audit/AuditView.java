package io.muster.control.audit;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * One change, as it is shown.
 *
 * @param who user name, {@code token:<name>}, {@code agent:<site>} or {@code system}
 * @param role {@code none} = not signed in
 * @param address where the request came from; empty = from nowhere outside
 */
@Serdeable
record AuditView(
    UUID id,
    Instant at,
    @Schema(example = "admin") String who,
    @Schema(example = "admin") String role,
    @Schema(example = "192.0.2.17") String address,
    @Schema(example = "update") String verb,
    SubjectView subject,
    @Schema(example = "changed route, tags") String detail) {
  /** What was changed; it may be gone by now. */
  @Serdeable
  record SubjectView(
      @Schema(example = "server") String kind,
      @Schema(example = "6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763") String id,
      @Schema(example = "pve-1") String name) {}

  static AuditView of(AuditEntry entry) {
    return new AuditView(
        entry.id(),
        entry.at(),
        entry.who(),
        entry.role(),
        entry.address(),
        entry.verb(),
        new SubjectView(entry.subjectKind(), entry.subjectId(), entry.subjectName()),
        entry.detail());
  }
}
