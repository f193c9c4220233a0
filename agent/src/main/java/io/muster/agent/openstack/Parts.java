package io.muster.agent.openstack;

import io.muster.agent.provider.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parts are due, and what became of those that were read. Thread-safe. */
final class Parts {
  /** What is forbidden or not there is so until somebody changes it: asked again that late. */
  private static final Duration REST = Duration.ofMinutes(10);

  private final Map<Part, Entry> entries = new EnumMap<>(Part.class);

  /**
   * @param problem null = it was read well
   */
  private record Entry(Instant dueAt, @Nullable CallException problem) {}

  /** Reads one part, or fails. */
  @FunctionalInterface
  interface Work {
    void run() throws CallException, InterruptedException;
  }

  /** Does it when it is due; how it ended is kept. */
  void run(Part part, Instant tick, Work work) throws InterruptedException {
    if (!isDue(part, tick)) {
      return;
    }
    try {
      work.run();
      well(part, tick);
    } catch (CallException e) {
      failed(part, tick, e);
    }
  }

  synchronized boolean isDue(Part part, Instant tick) {
    Entry entry = entries.get(part);
    return entry == null || !tick.isBefore(entry.dueAt());
  }

  synchronized void well(Part part, Instant tick) {
    entries.put(part, new Entry(tick.plus(part.period()), null));
  }

  synchronized void failed(Part part, Instant tick, CallException problem) {
    boolean lasting = problem.isForbidden() || problem.isAbsent();
    entries.put(part, new Entry(lasting ? tick.plus(REST) : tick, problem));
  }

  /** Due at the next round, whatever was agreed. */
  synchronized void hurry(Part part, Instant tick) {
    Entry entry = entries.get(part);
    if (entry != null && entry.problem() == null) {
      entries.put(part, new Entry(tick, null));
    }
  }

  /** Null = it was read well, or not yet. */
  synchronized @Nullable CallException problem(Part part) {
    Entry entry = entries.get(part);
    return entry == null ? null : entry.problem();
  }

  synchronized boolean isForbidden(Part part) {
    CallException problem = problem(part);
    return problem != null && problem.isForbidden();
  }

  /** What could not be read, and is there. */
  synchronized List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    entries.forEach((part, entry) -> {
      CallException problem = entry.problem();
      if (problem != null && !problem.isAbsent()) {
        gaps.add(new Gap(part.subject(), problem.failure(), problem.reason()));
      }
    });
    return gaps;
  }

  synchronized List<Part> forbidden() {
    return entries.keySet().stream().filter(this::isForbidden).toList();
  }

  synchronized Map<Part, CallException> problems() {
    Map<Part, CallException> problems = new EnumMap<>(Part.class);
    entries.forEach((part, entry) -> {
      if (entry.problem() != null) {
        problems.put(part, entry.problem());
      }
    });
    return problems;
  }
}
