package io.muster.agent;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code check} for people: one table, then what is wrong and what is worth reading. */
final class CheckText {
  private static final int DAY_CHARS = "2026-01-01".length();

  private CheckText() {}

  static void print(PrintWriter out, List<CheckResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "SERVER",
            "PROVIDER",
            "RESULT",
            "VERSION",
            "NODES",
            "RESPONSE",
            "TOKEN UNTIL",
            "CERTIFICATE UNTIL"));
    results.forEach(result -> rows.add(row(result)));
    Output.table(out, rows);
    for (CheckResult result : results) {
      say(out, result);
    }
    long failed = results.stream().filter(CheckResult::failed).count();
    out.println();
    out.printf(
        Locale.ROOT,
        "%d server%s, %d failed%n",
        results.size(),
        results.size() == 1 ? "" : "s",
        failed);
  }

  private static List<String> row(CheckResult result) {
    return List.of(
        result.name(),
        result.provider(),
        result.failure() == null ? result.result() : result.failure(),
        orDash(result.version()),
        result.nodes().isEmpty() ? "-" : String.valueOf(result.nodes().size()),
        result.responseTimeMs() == null
            ? "-"
            : String.format(Locale.ROOT, "%.0f ms", result.responseTimeMs()),
        day(result.tokenExpiresAt()),
        day(result.certificateExpiresAt()));
  }

  private static void say(PrintWriter out, CheckResult result) {
    if (result.problems().isEmpty() && result.notes().isEmpty()) {
      return;
    }
    out.println();
    out.println(result.name());
    result.problems().forEach(problem -> out.println("  problem: " + problem));
    result.notes().forEach(note -> out.println("  note: " + note));
  }

  private static String day(@Nullable String instant) {
    return instant == null ? "-" : instant.substring(0, Math.min(DAY_CHARS, instant.length()));
  }

  private static String orDash(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
