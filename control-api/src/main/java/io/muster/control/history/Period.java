package io.muster.control.history;

import io.muster.control.problem.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From when to when, and how finely.
 *
 * @param step null = not said
 */
record Period(Instant from, Instant to, @Nullable Duration step) {
  private static final Duration USUAL = Duration.ofDays(1);

  /** Longer than anything is kept that nobody told us to keep longer. */
  private static final Duration MAX = Duration.ofDays(5 * 365);

  private static final Pattern STEP = Pattern.compile("([1-9][0-9]{0,8})([smhd]?)");

  /** What is wrong goes to {@code fields}. */
  static Period read(
      @Nullable String from,
      @Nullable String to,
      @Nullable String step,
      Instant now,
      Fields fields) {
    // By whole seconds, so that who asks for now at the same time asks for the same.
    Instant end = time("to", to, now.truncatedTo(ChronoUnit.SECONDS), fields);
    Instant begin = time("from", from, end.minus(USUAL), fields);
    if (!begin.isBefore(end)) {
      fields.wrong("from", "must be before to");
    } else if (begin.isBefore(end.minus(MAX))) {
      fields.wrong("from", "must be at most " + MAX.toDays() + " days before to");
    }
    return new Period(begin, end, step == null ? null : step(step, fields));
  }

  Duration length() {
    return Duration.between(from, to);
  }

  private static Instant time(String field, @Nullable String text, Instant absent, Fields fields) {
    if (text == null) {
      return absent;
    }
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    fields.wrong(field, "must be a time such as 2026-11-21T12:00:00Z");
    return absent;
  }

  private static @Nullable Duration step(String text, Fields fields) {
    Matcher matcher = STEP.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      fields.wrong("step", "must be seconds, or a number such as 30s, 5m, 1h, 1d");
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    Duration step =
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofSeconds(number);
        };
    if (step.compareTo(MAX) > 0) {
      fields.wrong("step", "must be at most " + MAX.toDays() + "d");
      return null;
    }
    return step;
  }
}
