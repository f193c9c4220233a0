package io.muster.e2e.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Holds rows against samples whose times are wrong: it knows a sample by its object's uptime, which
 * no clock changes. Used once.
 */
final class SkewJudge {
  /** An uptime is cut to a second, and so is a time. */
  private static final long ROUNDING = 2;

  private final Measured measured;
  private final long lateness;
  private final List<String> lost = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> twice = new ArrayList<>();
  private int samples;
  private int rows;

  /**
   * @param measured what the exports offer, the oldest of it at the right time
   * @param lateness most seconds between a sample and the tick that it is written at
   */
  SkewJudge(Measured measured, long lateness) {
    this.measured = measured;
    this.lateness = lateness;
  }

  /** Objects that are switched off have no uptime, and are left out. */
  Verdict verdict(Stored stored, Window window) {
    measured
        .samples()
        .forEach((object, series) -> {
          var times = trueTimes(series);
          if (!times.isEmpty()) {
            judge(object, times, stored.of(object), window);
          }
        });
    return new Verdict(samples, rows, 0, lost, unexpected, twice, List.of(), stored.removed());
  }

  /** By uptime, reckoned from the oldest sample. */
  private static Map<Long, Long> trueTimes(NavigableMap<Long, Map<String, Double>> series) {
    var times = new TreeMap<Long, Long>();
    var begin = series.firstKey() - uptime(series.firstEntry().getValue());
    for (var values : series.values()) {
      if (uptime(values) > 0) {
        times.put(uptime(values), begin + uptime(values));
      }
    }
    return times;
  }

  private static long uptime(Map<String, Double> values) {
    return Math.round(values.getOrDefault("uptime", 0.0));
  }

  private void judge(String object, Map<Long, Long> times, List<Stored.Row> series, Window window) {
    var counted = new Window(window.from() + ROUNDING, window.to() - lateness);
    var missing = new HashSet<Long>();
    times.forEach((uptime, time) -> {
      if (counted.contains(time)) {
        missing.add(uptime);
      }
    });
    samples += missing.size();
    rows += series.size();
    var seen = new HashSet<Long>();
    for (var row : series) {
      var uptime = Math.round(row.uptime());
      var time = times.get(uptime);
      var ts = row.micros() / 1e6;
      if (!seen.add(uptime)) {
        twice.add("%s, up for %d s, again at %s".formatted(object, uptime, ts));
      }
      if (time == null || ts < time - ROUNDING || ts > time + lateness) {
        unexpected.add(
            "%s, up for %d s, measured at %s, at %s".formatted(object, uptime, time, ts));
      }
      missing.remove(uptime);
    }
    missing.forEach(uptime -> lost.add(object + ", up for " + uptime + " s"));
  }
}
