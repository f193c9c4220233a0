package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a guest, so that any past moment can be computed. */
final class Timeline {
  /** A guest that moves every ten seconds still has its 30 minutes of export history. */
  private static final int SPANS_KEPT = 1024;

  private final List<Span> spans = new ArrayList<>(1);
  private long knownSinceMs = Long.MIN_VALUE;

  Timeline(Span first) {
    spans.add(first);
  }

  void add(Span span) {
    spans.add(span);
    if (spans.size() > SPANS_KEPT) {
      spans.removeFirst();
      knownSinceMs = spans.getFirst().fromMs();
    }
  }

  Span last() {
    return spans.getLast();
  }

  /** What was before is forgotten. */
  long knownSinceMs() {
    return knownSinceMs;
  }

  /** The stretch around the moment, or null when the guest did not exist then. */
  @Nullable Span at(long ms) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      if (span.fromMs() <= ms) {
        return span;
      }
    }
    return null;
  }

  /** All stretches that touch (from, to], oldest first. */
  List<Span> between(long fromMs, long toMs) {
    List<Span> result = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      long end = i + 1 < spans.size() ? spans.get(i + 1).fromMs() : Long.MAX_VALUE;
      if (spans.get(i).fromMs() < toMs && end > fromMs) {
        result.add(spans.get(i));
      }
    }
    return result;
  }

  /** When the stretch ends, or {@code Long.MAX_VALUE} while it lasts. */
  long endOf(Span span) {
    int next = spans.indexOf(span) + 1;
    return next < spans.size() ? spans.get(next).fromMs() : Long.MAX_VALUE;
  }

  boolean everAlive() {
    return spans.stream().anyMatch(span -> span.state().isAlive());
  }
}
