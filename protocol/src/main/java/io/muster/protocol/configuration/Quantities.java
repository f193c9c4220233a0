package io.muster.protocol.configuration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes as people write them. Null = the text is neither. */
public final class Quantities {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([A-Za-z]*)");

  private static final Map<String, Duration> TIMES =
      Map.of(
          "", Duration.ofSeconds(1),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Map<String, Long> SIZES =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1000L,
          "mb",
          1000L * 1000,
          "gb",
          1000L * 1000 * 1000,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30,
          "tib",
          1L << 40);

  private Quantities() {}

  /** {@code 10s}, {@code 1m}, {@code 500ms}, {@code 2h}, {@code 7d}, or plain seconds. */
  public static @Nullable Duration duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    Duration unit = TIMES.get(group(matcher, 2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return null;
    }
    BigDecimal millis =
        new BigDecimal(group(matcher, 1)).multiply(BigDecimal.valueOf(unit.toMillis()));
    return inLong(millis) ? Duration.ofMillis(millis.longValue()) : null;
  }

  /** {@code 1GiB}, {@code 512MiB}, {@code 2GB} (decimal), or plain bytes. */
  public static @Nullable Long bytes(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    Long unit = SIZES.get(group(matcher, 2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return null;
    }
    BigDecimal bytes = new BigDecimal(group(matcher, 1)).multiply(BigDecimal.valueOf(unit));
    return inLong(bytes) ? bytes.longValue() : null;
  }

  private static String group(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? "" : text;
  }

  private static boolean inLong(BigDecimal value) {
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }
}
