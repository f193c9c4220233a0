package io.muster.agent.proxmox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the nodes' clocks are off ours: by Date where the node itself answered, else as far as
 * its samples betray it. Used by the poll's thread alone.
 */
final class NodeClocks {
  /** A clock further off than this would put rows where nobody looks for them. */
  static final Duration TOLERATED = Duration.ofSeconds(60);

  /** A clock known to be wrong is not right again by what may be the age of its sample. */
  private static final Duration FORGIVEN = TOLERATED.dividedBy(2);

  /** Date has no fraction of a second: the middle of it is wrong by half of one at most. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final Map<String, Sighting> sightings = new HashMap<>();

  /** By how much tolerated clocks are behind; an answer that took its time looks like less. */
  private final Map<String, Duration> behind = new HashMap<>();

  private @Nullable Long worstMs;

  /** The node's newest sample when it was looked at, and what was thought of its clock. */
  private record Sighting(long newest, Instant at, Duration offset) {}

  /** Start of a poll. */
  void begin(Set<String> nodes) {
    worstMs = null;
    sightings.keySet().retainAll(nodes);
    behind.keySet().retainAll(nodes);
  }

  /** The worst clock of this poll minus ours; null when none was seen. */
  @Nullable Long worstMs() {
    return worstMs;
  }

  static boolean isWrong(Duration offset) {
    return offset.abs().compareTo(TOLERATED) > 0;
  }

  /** The time at a node whose clock is not wrong, or somewhat later. */
  Instant at(String node, Instant now) {
    return now.minus(behind.getOrDefault(node, Duration.ZERO));
  }

  /** Takes the date of a node's own answer, with or without samples. */
  void read(String node, Instant now, Instant date) {
    Duration offset = byDate(now, date);
    if (isWrong(offset)) {
      behind.remove(node);
    } else {
      behind.put(node, offset.isNegative() ? offset.negated() : Duration.ZERO);
    }
  }

  private static Duration byDate(Instant now, Instant date) {
    return Duration.between(now, date.plus(HALF_A_SECOND));
  }

  /**
   * The last second of an answer that can be believed: whatever is later was taken by a clock that
   * was ahead and is right again, and its time is still to come. Date is read a moment after the
   * samples were, and cut to its second.
   */
  static long latest(Instant now, @Nullable Instant date) {
    return date == null ? now.plus(TOLERATED).getEpochSecond() : date.getEpochSecond() + 1;
  }

  /**
   * The node's clock minus ours, at least; zero when it is not known to be wrong.
   *
   * @param newest second of its newest sample
   * @param date the node's clock when it answered; null when another one answered for it
   */
  Duration offset(String node, Instant now, long newest, @Nullable Instant date) {
    Sighting last = sightings.get(node);
    Duration offset = date != null ? byDate(now, date) : betrayed(last, now, newest);
    sightings.put(node, new Sighting(newest, now, offset));
    if (date != null || !offset.isZero()) {
      note(offset);
    }
    return offset;
  }

  /** A sample that was not there at the last look was taken since then, whatever its time says. */
  private static Duration betrayed(@Nullable Sighting last, Instant now, long newest) {
    if (last != null && last.newest == newest) {
      return last.offset;
    }
    Instant stamp = Instant.ofEpochSecond(newest);
    Duration limit = last != null && isWrong(last.offset) ? FORGIVEN : TOLERATED;
    Duration atLeast = Duration.between(now, stamp);
    if (atLeast.compareTo(limit) > 0) {
      return atLeast;
    }
    Duration atMost = last == null ? Duration.ZERO : Duration.between(last.at, stamp);
    return atMost.compareTo(limit.negated()) < 0 ? atMost : Duration.ZERO;
  }

  private void note(Duration offset) {
    long millis = offset.toMillis();
    if (worstMs == null || Math.abs(millis) > Math.abs(worstMs)) {
      worstMs = millis;
    }
  }
}
