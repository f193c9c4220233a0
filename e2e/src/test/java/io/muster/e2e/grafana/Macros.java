package io.muster.e2e.grafana;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Grafana makes of an SQL text before the database sees it: template variables in the browser,
 * then the macros of the built-in PostgreSQL data source in the server.
 */
final class Macros {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{(?!__)(\\w+)(?::(\\w+))?}|(?!__)([A-Za-z]\\w*))");

  /** As in Grafana: no closing parenthesis within the arguments. */
  private static final Pattern MACRO = Pattern.compile("\\$(__\\w+)\\(([^)]*)\\)");

  private static final Pattern INTERVAL = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  /** As Go writes it: fractions without zeros at their end. */
  private static final DateTimeFormatter RFC3339_NANO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);

  private Macros() {}

  /**
   * @param interval as Grafana writes {@code $__interval}: {@code 10s}, {@code 1m}, {@code 1d}
   * @param variables the chosen values by variable; "All" is all of them
   * @throws IllegalArgumentException for what Grafana would refuse or leave standing, and for a
   *     variable that is not formatted as {@code sqlstring}
   */
  static String expand(
      String sql, Range range, String interval, Map<String, List<String>> variables) {
    var timed =
        choose(sql, variables)
            .replace("$__interval_ms", String.valueOf(duration(interval).toMillis()))
            .replace("$__interval", interval)
            .replace("$__unixEpochFrom()", String.valueOf(range.from().getEpochSecond()))
            .replace("$__unixEpochTo()", String.valueOf(range.to().getEpochSecond()));
    var expanded = MACRO.matcher(timed).replaceAll(match -> literal(macro(match, range)));
    if (expanded.contains("$_") || expanded.contains("${")) {
      throw new IllegalArgumentException("Grafana would leave a $ standing in: " + expanded);
    }
    return expanded;
  }

  /** The browser's part alone: the server finds its macros as they were. */
  static String choose(String sql, Map<String, List<String>> variables) {
    return VARIABLE.matcher(sql).replaceAll(match -> quoted(match, variables));
  }

  /** Values between quotes, each quote within doubled, joined by commas. */
  static String sqlString(List<String> values) {
    return values.stream()
        .map(value -> "'" + value.replace("'", "''").replace("\"", "\\\"") + "'")
        .collect(Collectors.joining(","));
  }

  private static String quoted(MatchResult match, Map<String, List<String>> variables) {
    var name = match.group(1) == null ? match.group(3) : match.group(1);
    var values = variables.get(name);
    if (values == null) {
      throw new IllegalArgumentException("No variable is called " + name);
    }
    if (!"sqlstring".equals(match.group(2))) {
      throw new IllegalArgumentException(
          "%s is not quoted whatever is chosen: write ${%s:sqlstring}"
              .formatted(match.group(), name));
    }
    return literal(sqlString(values));
  }

  private static String macro(MatchResult match, Range range) {
    var argument = match.group(2).strip();
    return switch (match.group(1)) {
      case "__timeFilter" ->
          "%s BETWEEN '%s' AND '%s'".formatted(argument, text(range.from()), text(range.to()));
      case "__timeFrom" -> "'" + text(range.from()) + "'";
      case "__timeTo" -> "'" + text(range.to()) + "'";
      case "__timeGroup" -> timeGroup(argument);
      default -> throw new IllegalArgumentException("Unknown macro " + match.group());
    };
  }

  private static String timeGroup(String arguments) {
    var parts = arguments.split(",", -1);
    var seconds = duration(parts[1].strip().replace("'", "")).toSeconds();
    return "floor(extract(epoch from %s)/%d)*%d".formatted(parts[0].strip(), seconds, seconds);
  }

  private static String text(Instant instant) {
    return RFC3339_NANO.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Duration duration(String interval) {
    var match = INTERVAL.matcher(interval);
    if (!match.matches()) {
      throw new IllegalArgumentException(interval + " is no interval of Grafana's");
    }
    var number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String literal(String replacement) {
    return replacement.replace("\\", "\\\\").replace("$", "\\$");
  }
}
