package io.muster.agent.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes' ways to write amounts: {@code 250m}, {@code 1Gi}, {@code 15.2s}. */
final class Amounts {
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");

  private Amounts() {}

  /** In cores; null = not stated, or not an amount. */
  static @Nullable Double cores(@Nullable Map<String, String> amounts) {
    return number(amounts, "cpu");
  }

  /** Null = not stated, or not an amount. */
  static @Nullable Long memoryBytes(@Nullable Map<String, String> amounts) {
    Double bytes = number(amounts, "memory");
    return bytes == null ? null : Long.valueOf(Math.round(bytes));
  }

  private static @Nullable Double number(@Nullable Map<String, String> amounts, String name) {
    String text = amounts == null ? null : amounts.get(name);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      double value = Quantity.parse(text.strip()).getNumericalAmount().doubleValue();
      return Double.isFinite(value) && value >= 0 ? Double.valueOf(value) : null;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  /** Go's way to write a duration; null = not one. */
  static @Nullable Integer seconds(@Nullable String text) {
    if (text == null || text.length() > 40) {
      return null;
    }
    Matcher matcher = PART.matcher(text);
    double seconds = 0;
    int end = 0;
    try {
      while (matcher.find() && matcher.start() == end) {
        seconds += Double.parseDouble(matcher.group(1)) * unit(matcher.group(2));
        end = matcher.end();
      }
    } catch (NumberFormatException e) {
      return null;
    }
    boolean whole = end == text.length() && end > 0;
    return whole && seconds < Duration.ofDays(1).toSeconds()
        ? Integer.valueOf((int) Math.max(1, Math.round(seconds)))
        : null;
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "h" -> 3600;
      case "m" -> 60;
      case "s" -> 1;
      case "ms" -> 1e-3;
      case "ns" -> 1e-9;
      default -> 1e-6;
    };
  }
}
