package io.muster.simulator.kubernetes.store;

import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.model.Meta;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All objects of one kind, and the writes that made them so as far back as they are kept. */
public final class Store<T extends KubeObject<T>> {
  /** Behind the separator of keys, so that it ends a namespace. */
  private static final char AFTER_SEPARATOR = '/' + 1;

  private final Revisions revisions;
  private final int mostKept;
  private final NavigableMap<String, T> live = new TreeMap<>();
  private final Deque<Change<T>> history = new ArrayDeque<>();
  private long compacted = 1;

  /**
   * @param mostKept so many writes can be watched afterwards
   */
  public Store(Revisions revisions, int mostKept) {
    this.revisions = revisions;
    this.mostKept = mostKept;
  }

  /** What there was at one moment. */
  public record Snapshot<T>(long version, List<T> objects) {}

  /** Everything in a namespace, or everything when that is null; in the order of keys. */
  public Snapshot<T> snapshot(@Nullable String namespace) {
    revisions.lock().lock();
    try {
      return new Snapshot<>(revisions.last(), List.copyOf(in(namespace)));
    } finally {
      revisions.lock().unlock();
    }
  }

  /** The same without the version. */
  public List<T> all(@Nullable String namespace) {
    return snapshot(namespace).objects();
  }

  private Collection<T> in(@Nullable String namespace) {
    return namespace == null
        ? live.values()
        : live.subMap(namespace + "/", namespace + AFTER_SEPARATOR).values();
  }

  public int size() {
    revisions.lock().lock();
    try {
      return live.size();
    } finally {
      revisions.lock().unlock();
    }
  }

  public @Nullable T get(String namespace, String name) {
    revisions.lock().lock();
    try {
      return live.get(Meta.key(namespace, name));
    } finally {
      revisions.lock().unlock();
    }
  }

  /** Puts a new object in; there must be none of its name. */
  public T add(T object) {
    revisions.lock().lock();
    try {
      T stored = stamped(object);
      if (live.putIfAbsent(stored.meta().key(), stored) != null) {
        throw new IllegalArgumentException("There is already " + stored.meta().key());
      }
      remember(Change.ADDED, stored, null);
      return stored;
    } finally {
      revisions.lock().unlock();
    }
  }

  /** Changes the object of that name if it is there; nothing is written when it stays equal. */
  public @Nullable T update(String namespace, String name, UnaryOperator<T> change) {
    revisions.lock().lock();
    try {
      T before = live.get(Meta.key(namespace, name));
      if (before == null) {
        return null;
      }
      T after = change.apply(before);
      if (after.equals(before)) {
        return before;
      }
      T stored = stamped(after);
      live.put(stored.meta().key(), stored);
      remember(Change.MODIFIED, stored, before);
      return stored;
    } finally {
      revisions.lock().unlock();
    }
  }

  /** Takes the object out if it is there. */
  public @Nullable T remove(String namespace, String name) {
    revisions.lock().lock();
    try {
      T before = live.remove(Meta.key(namespace, name));
      if (before != null) {
        remember(Change.DELETED, stamped(before), before);
      }
      return before;
    } finally {
      revisions.lock().unlock();
    }
  }

  private T stamped(T object) {
    return object.withMeta(object.meta().withVersion(revisions.next()));
  }

  private void remember(String type, T object, @Nullable T before) {
    history.addLast(
        new Change<>(object.meta().version(), revisions.clock().instant(), type, object, before));
    if (history.size() > mostKept) {
      compacted = history.removeFirst().version();
    }
  }

  /**
   * Waits for writes after a version, at most so long; empty when there were none.
   *
   * @throws CompactedException when they are no longer all known
   */
  public List<Change<T>> changesAfter(long version, long millis)
      throws CompactedException, InterruptedException {
    revisions.lock().lock();
    try {
      revisions.await(() -> newest() > version || version < compacted, millis);
      if (version < compacted) {
        throw new CompactedException(version, compacted);
      }
      List<Change<T>> changes = new ArrayList<>();
      for (Iterator<Change<T>> from = history.descendingIterator(); from.hasNext(); ) {
        Change<T> change = from.next();
        if (change.version() <= version) {
          break;
        }
        changes.add(change);
      }
      return changes.reversed();
    } finally {
      revisions.lock().unlock();
    }
  }

  private long newest() {
    Change<T> last = history.peekLast();
    return last == null ? 0 : last.version();
  }

  /** The newest writes, the newest first. */
  public List<Change<T>> newest(int most) {
    revisions.lock().lock();
    try {
      List<Change<T>> changes = new ArrayList<>();
      Iterator<Change<T>> from = history.descendingIterator();
      while (from.hasNext() && changes.size() < most) {
        changes.add(from.next());
      }
      return changes;
    } finally {
      revisions.lock().unlock();
    }
  }

  /** Forgets all writes so far, so that nobody can go on from an older version. */
  public void compact() {
    revisions.lock().lock();
    try {
      history.clear();
      compacted = revisions.last();
    } finally {
      revisions.lock().unlock();
    }
  }

  /** Forgets the writes before a moment. */
  public void compactBefore(Instant moment) {
    revisions.lock().lock();
    try {
      for (Change<T> oldest = history.peekFirst();
          oldest != null && oldest.at().isBefore(moment);
          oldest = history.peekFirst()) {
        compacted = oldest.version();
        history.removeFirst();
      }
    } finally {
      revisions.lock().unlock();
    }
  }
}
