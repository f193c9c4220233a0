package io.muster.agent.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which states of one kind of things of one server are written: what changed, what is due for its
 * heart-beat, and what is missing. Not thread-safe.
 *
 * @param <S> a state; equal states need no new row
 */
final class StateLog<S> {
  /**
   * Time between two rows of a thing that doesn't change; the {@code …_now} views look back three
   * of them. A server with a longer interval writes at each tick.
   */
  static final int HEARTBEAT_SECONDS = 60;

  private final Kind<S> kind;
  private final int seed;
  private final Map<String, Entry<S>> known = new LinkedHashMap<>();

  /**
   * @param seed of the server, so that servers spread their heart-beats differently
   */
  StateLog(Kind<S> kind, int seed) {
    this.kind = kind;
    this.seed = seed;
  }

  /** What the log must know of a state. */
  interface Kind<S> {
    String id(S state);

    boolean isUnknown(S state);

    boolean isRemoved(S state);

    /** The last state of a thing that a partial answer does not hold. */
    S unknown(S last);

    S removed(S last);
  }

  /**
   * @param written tick of the last row; null = none by this process
   */
  private record Entry<S>(S state, @Nullable Instant written) {}

  /** Takes over what an earlier process knew; nothing is written of it. */
  void restore(S state) {
    known.put(kind.id(state), new Entry<>(state, null));
  }

  /**
   * The states to write at this tick.
   *
   * @param complete what is not in {@code seen} is gone
   */
  List<S> observe(Instant tick, List<S> seen, boolean complete) {
    List<S> due = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (S state : seen) {
      String id = kind.id(state);
      if (kind.isRemoved(state)) {
        if (known.remove(id) != null) {
          due.add(state);
        }
      } else if (present.add(id) && isDue(id, state, tick)) {
        due.add(state);
        known.put(id, new Entry<>(state, tick));
      }
    }
    for (Map.Entry<String, Entry<S>> missing : List.copyOf(known.entrySet())) {
      if (!present.contains(missing.getKey())) {
        missing(missing.getKey(), missing.getValue(), tick, complete, due);
      }
    }
    return due;
  }

  private void missing(String id, Entry<S> entry, Instant tick, boolean complete, List<S> due) {
    if (complete) {
      known.remove(id);
      due.add(kind.removed(entry.state()));
    } else if (entry.written() == null || !kind.isUnknown(entry.state())) {
      S unknown = kind.unknown(entry.state());
      known.put(id, new Entry<>(unknown, tick));
      due.add(unknown);
    }
  }

  /** A last state for each known thing; afterwards none is known. */
  List<S> removeAll() {
    List<S> removed = known.values().stream().map(entry -> kind.removed(entry.state())).toList();
    known.clear();
    return removed;
  }

  Collection<S> states() {
    return known.values().stream().map(Entry::state).toList();
  }

  Set<String> ids() {
    return Set.copyOf(known.keySet());
  }

  private boolean isDue(String id, S state, Instant tick) {
    Entry<S> entry = known.get(id);
    if (entry == null || entry.written() == null || !entry.state().equals(state)) {
      return true;
    }
    return isHeartbeatDue(id.hashCode() * 31 + seed, entry.written(), tick);
  }

  /** True once in {@link #HEARTBEAT_SECONDS}, at a place in the minute that follows from the id. */
  static boolean isHeartbeatDue(int hash, Instant written, Instant tick) {
    // Neighbouring ids have neighbouring hashes: mix them, so that they spread.
    long phase = Integer.toUnsignedLong(hash * 0x9E3779B1) % HEARTBEAT_SECONDS;
    return Math.floorDiv(tick.getEpochSecond() - phase, HEARTBEAT_SECONDS)
        > Math.floorDiv(written.getEpochSecond() - phase, HEARTBEAT_SECONDS);
  }
}
