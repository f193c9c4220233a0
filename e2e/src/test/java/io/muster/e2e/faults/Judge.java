package io.muster.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds rows against samples, object by object. Used once. */
final class Judge {
  /** Relative: rates are quotients, worked out twice. */
  private static final double TOLERANCE = 1e-9;

  private final @Nullable Measured measured;
  private final List<String> lost = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> twice = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private int samples;
  private int rows;
  private int compared;

  /** Without {@code measured}, values are not compared. */
  Judge(@Nullable Measured measured) {
    this.measured = measured;
  }

  Verdict verdict(Map<String, NavigableSet<Long>> produced, Stored stored) {
    var objects = new TreeSet<>(produced.keySet());
    objects.addAll(stored.rows().keySet());
    for (var object : objects) {
      judge(object, produced.getOrDefault(object, new TreeSet<>()), stored.of(object));
    }
    return new Verdict(samples, rows, compared, lost, unexpected, twice, wrong, stored.removed());
  }

  private void judge(String object, NavigableSet<Long> seconds, List<Stored.Row> series) {
    samples += seconds.size();
    rows += series.size();
    var missing = new TreeSet<>(seconds);
    Stored.Row before = null;
    for (var row : series) {
      var second = row.second();
      if (second == null || !seconds.contains(second)) {
        unexpected.add(object + " at " + row.micros() / 1e6);
      } else {
        missing.remove(second);
        compare(object, second, row);
      }
      if (before != null && row.repeats(before)) {
        twice.add("%s: %s after %s".formatted(object, row, before));
      }
      before = row;
    }
    missing.forEach(second -> lost.add(object + " at " + second));
  }

  private void compare(String object, long second, Stored.Row row) {
    var expected =
        measured == null ? null : measured.expected(object, second, row.values().keySet());
    if (expected != null) {
      compared++;
      if (!same(row, expected)) {
        wrong.add("%s: %s instead of %s".formatted(object, row, expected));
      }
    }
  }

  private static boolean same(Stored.Row row, Stored.Row expected) {
    return expected.seconds() != null
        && expected.seconds().equals(row.seconds())
        && row.values().entrySet().stream()
            .allMatch(cell -> same(cell.getValue(), expected.values().get(cell.getKey())));
  }

  private static boolean same(@Nullable Double value, @Nullable Double expected) {
    if (value == null || expected == null) {
      return value == null && expected == null;
    }
    return Math.abs(value - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  }
}
