package io.muster.control.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The newest events of one tenant, in their order. Thread-safe. */
final class Ring {
  /** About 1 MB: the VMs of a failed cluster, and some minutes of a busy one. */
  static final int CAPACITY = 2_000;

  private final @Nullable Frame[] frames = new Frame[CAPACITY];
  private long first = 1;
  private long next = 1;

  /**
   * @param make is given the event's number
   */
  synchronized void add(LongFunction<Frame> make) {
    if (next - first == CAPACITY) {
      first++;
    }
    frames[slot(next)] = make.apply(next);
    next++;
  }

  /** The number of the newest event; 0 = there was none. */
  synchronized long newest() {
    return next - 1;
  }

  /** Whether everything after the event of this number is here. */
  synchronized boolean follows(long number) {
    return number >= first - 1 && number < next;
  }

  /** The events after that of this number, at most {@code most}; of those that are kept. */
  synchronized List<Frame> after(long number, int most) {
    List<Frame> found = new ArrayList<>();
    for (long each = Math.max(number + 1, first); each < next && found.size() < most; each++) {
      Frame frame = frames[slot(each)];
      if (frame != null) {
        found.add(frame);
      }
    }
    return found;
  }

  /** Lets go of what is older. */
  synchronized void forget(Instant limit) {
    while (first < next) {
      Frame oldest = frames[slot(first)];
      if (oldest != null && !oldest.isBefore(limit)) {
        return;
      }
      frames[slot(first)] = null;
      first++;
    }
  }

  private static int slot(long number) {
    return (int) (number % CAPACITY);
  }
}
