package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node takes for the time: the true one, or some seconds beside it, since when. */
public final class NodeClock {
  private final List<Era> eras =
      new ArrayList<>(List.of(new Era(Long.MIN_VALUE, Long.MAX_VALUE, 0)));

  /** A stretch [from, to) of true time in which the clock was off by as much. */
  record Era(long fromMs, long toMs, long offsetSeconds) {}

  /** From now on the clock is off by as much; negative when it is late. */
  void set(long ms, long offsetSeconds) {
    Era last = eras.removeLast();
    eras.add(new Era(last.fromMs(), ms, last.offsetSeconds()));
    eras.add(new Era(ms, Long.MAX_VALUE, offsetSeconds));
  }

  List<Era> eras() {
    return eras;
  }

  /** By how much the clock was ahead at a moment. */
  public long offsetSeconds(long ms) {
    for (Era era : eras.reversed()) {
      if (era.fromMs() <= ms) {
        return era.offsetSeconds();
      }
    }
    return 0;
  }

  /** What the clock showed at a moment, epoch seconds. */
  public long second(long ms) {
    return Math.floorDiv(ms, 1000L) + offsetSeconds(ms);
  }

  /** When the clock first showed a time, or null when it skipped it. */
  public @Nullable Long trueMs(long shownMs) {
    for (Era era : eras) {
      long ms = shownMs - 1000 * era.offsetSeconds();
      if (era.fromMs() <= ms && ms < era.toMs()) {
        return ms;
      }
    }
    return null;
  }
}
