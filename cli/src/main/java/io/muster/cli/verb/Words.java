package io.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of an answer in words; what is not known is a dash. */
public final class Words {
  public static final String UNKNOWN = "–";

  private static final List<String> BYTES = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*([smhdw])");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ISO_INSTANT.withLocale(Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

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

  /** Of a ratio from 0 to 1. */
  public static String percent(JsonNode ratio) {
    return ratio.isNumber() ? Math.round(100 * ratio.asDouble()) + " %" : UNKNOWN;
  }

  /** What part of the whole it is. */
  public static String percent(JsonNode part, JsonNode whole) {
    return part.isNumber() && whole.asDouble() > 0
        ? Math.round(100 * part.asDouble() / whole.asDouble()) + " %"
        : UNKNOWN;
  }

  public static String bytes(JsonNode value) {
    return value.isNumber() ? bytes(value.asLong()) : UNKNOWN;
  }

  /** With two digits at least: {@code 940 MiB}, {@code 1.5 GiB}. */
  public static String bytes(long value) {
    var amount = (double) value;
    var unit = 0;
    while (Math.abs(amount) >= 1000 && unit < BYTES.size() - 1) {
      amount /= 1024;
      unit++;
    }
    var digits = unit > 0 && Math.abs(amount) < 10 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", amount, BYTES.get(unit));
  }

  /** As people say it: {@code 12 s}, {@code 3 d}. */
  public static String seconds(JsonNode value) {
    return value.isNumber() ? span(Duration.ofSeconds(value.asLong())) : UNKNOWN;
  }

  /** {@code 5,000}. */
  public static String number(JsonNode value) {
    return value.isNumber() ? number(value.asLong()) : UNKNOWN;
  }

  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
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

  /** The time of day, in UTC. */
  public static String clock(Instant time) {
    return CLOCK.format(time);
  }

  /** The time of day, in UTC. */
  public static String clock(JsonNode value) {
    if (!value.isTextual()) {
      return UNKNOWN;
    }
    try {
      return clock(Instant.parse(value.asText()));
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
