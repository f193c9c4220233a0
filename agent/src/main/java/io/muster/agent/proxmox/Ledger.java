package io.muster.agent.proxmox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The last known sample of every object of one node: tells what is new in an answer that also
 * repeats what is known, and against what to count. One thread at a time.
 */
final class Ledger {
  private final Map<String, Baseline> baselines = new HashMap<>();

  private record Baseline(long epochSecond, Measures measures) {}

  /**
   * Takes an answer's samples.
   *
   * @param taken newest second taken before; samples up to it are baselines only. Null = nothing
   *     was: then all but the newest sample of each object are
   * @param latest samples after this second are dropped: a clock that is ahead must not hide what
   *     comes after it was set right
   * @return new samples in time order for each object
   */
  List<Measurement> take(Export export, @Nullable Long taken, long latest) {
    List<Measurement> fresh = new ArrayList<>();
    export
        .samples()
        .forEach((id, series) -> {
          NavigableMap<Long, Measures> valid = series.headMap(latest, true);
          if (!valid.isEmpty()) {
            takeSeries(id, valid, taken, fresh);
          }
        });
    forgetThoseGone(export, latest);
    return fresh;
  }

  /**
   * Takes the last sample of each object where it is another one than before, whatever its time:
   * the clock that stamped it may have been set in between.
   *
   * @param clockWasSet it was: the sample before says nothing about this one
   */
  List<Measurement> takeLast(Export export, boolean clockWasSet) {
    List<Measurement> fresh = new ArrayList<>();
    export
        .samples()
        .forEach((id, series) -> {
          Map.Entry<Long, Measures> last = series.lastEntry();
          Baseline before = baselines.get(id);
          if (before == null || before.epochSecond != last.getKey()) {
            boolean counts = !clockWasSet && before != null && before.epochSecond < last.getKey();
            fresh.add(measurement(id, last, counts ? before : null, true));
            baselines.put(id, new Baseline(last.getKey(), last.getValue()));
          }
        });
    forgetThoseGone(export, Long.MAX_VALUE);
    return fresh;
  }

  /** Whether a sample of the object was seen lately. */
  boolean knows(String id) {
    return baselines.containsKey(id);
  }

  private void takeSeries(
      String id,
      NavigableMap<Long, Measures> series,
      @Nullable Long taken,
      List<Measurement> fresh) {
    long newest = series.lastKey();
    for (Map.Entry<Long, Measures> sample : series.entrySet()) {
      long second = sample.getKey();
      Baseline before = baselines.get(id);
      if (before != null && second <= before.epochSecond) {
        continue;
      }
      if (taken == null ? second == newest : second > taken) {
        fresh.add(measurement(id, sample, before, second == newest));
      }
      baselines.put(id, new Baseline(second, sample.getValue()));
    }
  }

  private static Measurement measurement(
      String id, Map.Entry<Long, Measures> sample, @Nullable Baseline before, boolean newest) {
    return new Measurement(
        id,
        sample.getKey(),
        sample.getValue(),
        before == null ? null : before.epochSecond,
        before == null ? null : before.measures,
        newest);
  }

  /** Not in the answers of a while: removed, or moved to another node. */
  private void forgetThoseGone(Export export, long latest) {
    Long newest = export.newest();
    if (newest != null) {
      long oldest = Math.min(newest, latest) - Measurement.OLDEST_BASELINE.toSeconds();
      baselines.values().removeIf(baseline -> baseline.epochSecond < oldest);
    }
  }
}
