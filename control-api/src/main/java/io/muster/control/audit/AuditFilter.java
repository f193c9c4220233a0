package io.muster.control.audit;

import io.muster.control.problem.Fields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are asked for; null = any.
 *
 * @param subject an id or a name
 * @param from at that time or later
 * @param to before that time
 */
record AuditFilter(
    @Nullable String who,
    @Nullable String verb,
    @Nullable String kind,
    @Nullable String subject,
    Instant from,
    Instant to) {
  /** Before all entries and after all of them, for both databases. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  static AuditFilter read(
      @Nullable String who,
      @Nullable String verb,
      @Nullable String kind,
      @Nullable String subject,
      @Nullable String from,
      @Nullable String to) {
    Fields fields = new Fields();
    AuditFilter filter =
        new AuditFilter(
            who,
            verb,
            kind,
            subject,
            time("from", from, FIRST, fields),
            time("to", to, LAST, fields));
    fields.check();
    return filter;
  }

  private static Instant time(String field, @Nullable String text, Instant absent, Fields fields) {
    if (text == null) {
      return absent;
    }
    try {
      Instant at = Instant.parse(text);
      return at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at;
    } catch (DateTimeParseException e) {
      fields.wrong(field, "must be a time such as 2026-11-21T12:00:00Z");
      return absent;
    }
  }
}
