package io.muster.control.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.protocol.link.CheckAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What connecting to a server showed.
 *
 * @param ok it can be relied on: it answers, and nothing is missing
 * @param version the platform's release; null = not read
 * @param nodes how many it lists; null = not read
 * @param failure why nothing could be read; null = it was read
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record CheckView(
    boolean ok,
    @Nullable Double responseTimeMs,
    @Nullable String version,
    @Nullable Integer nodes,
    @Nullable String failure,
    @Nullable String error,
    List<String> missingPrivileges,
    List<Certificate> certificates) {
  /** A certificate that it showed. */
  @Serdeable
  record Certificate(
      String subject, String issuer, String sha256, Instant notAfter, boolean trusted) {}

  static CheckView of(CheckAnswer answer) {
    return new CheckView(
        answer.ok(),
        answer.responseTimeMs(),
        answer.version(),
        answer.nodes(),
        answer.failure() == null ? null : answer.failure().name(),
        answer.error(),
        answer.missingPrivileges(),
        answer.certificates().stream()
            .map(one ->
                new Certificate(
                    one.subject(), one.issuer(), one.sha256(), one.notAfter(), one.trusted()))
            .toList());
  }
}
