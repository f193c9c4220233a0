package io.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of an answer in words; what is not known is a dash. */
public final class Words {
  public static final String UNKNOWN = "–";

  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*([smhdw])");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ISO_INSTANT.withLocale(Locale.ROOT);

  private Words() {}

  public static String of(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return UNKNOWN;
    }
    if (value.isArray()) {
      return value.isEmpty()
          ? UNKNOWN
          : value.valueStream().map(Words::of).collect(Collectors.joining(", "));
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /** Rounded, with its unit. */
  public static String amount(JsonNode value, String unit) {
    return value.isNumber() ? Math.round(value.asDouble()) + unit : UNKNOWN;
  }

  public static String flag(JsonNode value) {
    return value.isBoolean() ? value.asBoolean() ? "yes" : "no" : UNKNOWN;
  }

  /** As people say it: {@code 12 s ago}, {@code in 3 d}. */
  public static String time(JsonNode value, Instant now) {
    if (!value.isTextual()) {
      return UNKNOWN;
    }
    try {
      var ago = Duration.between(Instant.parse(value.asText()), now);
      return ago.isNegative() ? "in " + span(ago.negated()) : span(ago) + " ago";
    } catch (DateTimeParseException unexpected) {
      return value.asText();
    }
  }

  /** To the second, in UTC. */
  public static String exactly(JsonNode value) {
    if (!value.isTextual()) {
      return UNKNOWN;
    }
    try {
      return TIME.format(Instant.parse(value.asText()).truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeParseException unexpected) {
      return value.asText();
    }
  }

  /** {@code 90s}, {@code 30m}, {@code 2h}, {@code 3d}, {@code 2w}. */
  public static Duration span(String text, String what) {
    var match = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new UsageException(
          "%s is \"%s\": a time such as 30m, 2h or 3d is expected.".formatted(what, text));
    }
    var count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  /** An amount of things: {@code 1 server}, {@code 2 servers}. */
  public static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private static String span(Duration span) {
    if (span.toSeconds() < 100) {
      return span.toSeconds() + " s";
    }
    if (span.toMinutes() < 100) {
      return span.toMinutes() + " min";
    }
    return span.toHours() < 48 ? span.toHours() + " h" : span.toDays() + " d";
  }
}
