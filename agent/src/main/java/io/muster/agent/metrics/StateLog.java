package io.muster.agent.metrics;

import io.muster.agent.provider.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which states of one kind of things of one server are written: what changed, what is due for its
 * heart-beat, and what is missing. A thing's rows have times in the order of what was seen, and
 * never the same time twice. Not thread-safe.
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

  /** What went between polls: a snapshot that was taken before may still hold it. */
  private final Map<String, Revision> gone = new HashMap<>();

  /** Of the newest snapshot: changes from before it are in it. */
  private Revision snapshot = Revision.NONE;

  /** Time of the newest row. */
  private Instant newest = Instant.MIN;

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

  /** A state to write. */
  record Due<S>(Instant ts, S state) {}

  /**
   * @param written time of the last row; null = none by this process
   */
  private record Entry<S>(S state, @Nullable Instant written, Revision revision) {}

  /** Takes over what an earlier process knew; nothing is written of it. */
  void restore(S state) {
    known.put(kind.id(state), new Entry<>(state, null, Revision.NONE));
  }

  /**
   * The states to write of a poll. A heart-beat has the tick's time; so has a change, unless rows
   * of later changes were written before: then it comes after them.
   *
   * @param complete what is not in {@code seen} is gone
   */
  List<Due<S>> observe(Instant tick, Revision revision, List<S> seen, boolean complete) {
    List<Due<S>> due = new ArrayList<>();
    Instant changed = after(tick);
    Set<String> present = new HashSet<>();
    for (S state : seen) {
      String id = kind.id(state);
      if (kind.isRemoved(state)) {
        if (known.remove(id) != null) {
          due.add(new Due<>(changed, state));
        }
      } else if (present.add(id) && !isOutdated(id, revision)) {
        Instant ts = isNews(id, state) ? changed : isHeartbeatDue(id, tick) ? tick : null;
        if (ts != null) {
          due.add(new Due<>(ts, state));
          known.put(id, new Entry<>(state, ts, revision));
        }
      }
    }
    for (Map.Entry<String, Entry<S>> missing : List.copyOf(known.entrySet())) {
      if (!present.contains(missing.getKey()) && !isOutdated(missing.getKey(), revision)) {
        missing(missing.getKey(), missing.getValue(), changed, complete, due);
      }
    }
    gone.values().removeIf(removal -> !removal.isAfter(revision));
    snapshot = revision;
    return written(due);
  }

  /** The states to write of what was seen between two polls. */
  List<Due<S>> change(Instant at, Revision revision, List<S> changed) {
    if (!revision.isAfter(snapshot)) {
      return List.of();
    }
    List<Due<S>> due = new ArrayList<>();
    Instant ts = after(at.truncatedTo(ChronoUnit.MICROS));
    for (S state : changed) {
      String id = kind.id(state);
      if (kind.isRemoved(state)) {
        gone.put(id, revision);
        if (known.remove(id) != null) {
          due.add(new Due<>(ts, state));
        }
      } else if (isNews(id, state)) {
        due.add(new Due<>(ts, state));
        known.put(id, new Entry<>(state, ts, revision));
      }
    }
    return written(due);
  }

  /** Whether more is known of this thing than a look of this revision could see. */
  private boolean isOutdated(String id, Revision revision) {
    Entry<S> entry = known.get(id);
    Revision last = entry == null ? gone.get(id) : entry.revision();
    return last != null && last.isAfter(revision);
  }

  private void missing(String id, Entry<S> entry, Instant ts, boolean complete, List<Due<S>> due) {
    if (complete) {
      known.remove(id);
      due.add(new Due<>(ts, kind.removed(entry.state())));
    } else if (entry.written() == null || !kind.isUnknown(entry.state())) {
      S unknown = kind.unknown(entry.state());
      known.put(id, new Entry<>(unknown, ts, entry.revision()));
      due.add(new Due<>(ts, unknown));
    }
  }

  /** A last state for each known thing; afterwards none is known. */
  List<Due<S>> removeAll(Instant tick) {
    Instant ts = after(tick);
    List<Due<S>> removed =
        known.values().stream().map(entry -> new Due<>(ts, kind.removed(entry.state()))).toList();
    known.clear();
    return written(removed);
  }

  Collection<S> states() {
    return known.values().stream().map(Entry::state).toList();
  }

  Set<String> ids() {
    return Set.copyOf(known.keySet());
  }

  private Instant after(Instant ts) {
    return newest.isBefore(ts) ? ts : newest.plus(1, ChronoUnit.MICROS);
  }

  private List<Due<S>> written(List<Due<S>> due) {
    due.forEach(row -> newest = row.ts().isAfter(newest) ? row.ts() : newest);
    return due;
  }

  private boolean isNews(String id, S state) {
    Entry<S> entry = known.get(id);
    return entry == null || entry.written() == null || !entry.state().equals(state);
  }

  private boolean isHeartbeatDue(String id, Instant tick) {
    Entry<S> entry = known.get(id);
    return entry != null
        && entry.written() != null
        && isHeartbeatDue(id.hashCode() * 31 + seed, entry.written(), tick);
  }

  /** True once in {@link #HEARTBEAT_SECONDS}, at a place in the minute that follows from the id. */
  static boolean isHeartbeatDue(int hash, Instant written, Instant tick) {
    // Neighbouring ids have neighbouring hashes: mix them, so that they spread.
    long phase = Integer.toUnsignedLong(hash * 0x9E3779B1) % HEARTBEAT_SECONDS;
    return Math.floorDiv(tick.getEpochSecond() - phase, HEARTBEAT_SECONDS)
        > Math.floorDiv(written.getEpochSecond() - phase, HEARTBEAT_SECONDS);
  }
}
