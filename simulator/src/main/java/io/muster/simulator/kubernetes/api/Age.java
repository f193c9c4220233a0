package io.muster.simulator.kubernetes.api;

import java.time.Duration;
import java.time.Instant;

/** Times as kubectl's columns tell them: two units at most, fewer as it gets longer. */
final class Age {
  private Age() {}

  static String of(Instant from, Instant now) {
    return of(Duration.between(from, now));
  }

  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    return days < 730 ? days + "d" : two(days / 365, "y", days % 365, "d");
  }

  private static String two(long many, String unit, long few, String smaller) {
    return few == 0 ? many + unit : many + unit + few + smaller;
  }
}
