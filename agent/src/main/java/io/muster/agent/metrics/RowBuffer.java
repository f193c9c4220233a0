package io.muster.agent.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What stands between polls and the writer: a bounded queue that never makes a poll wait. When it
 * is full the oldest row makes room, and is counted.
 */
final class RowBuffer {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final @Nullable Row<?>[] rows;
  private final long[] sinceNanos;
  private int first;
  private int size;
  private long dropped;
  private boolean closed;

  RowBuffer(int capacity) {
    rows = new @Nullable Row<?>[capacity];
    sinceNanos = new long[capacity];
  }

  /**
   * Rows in the order that they were offered.
   *
   * @param sinceNanos when the oldest was offered, on the monotonic clock
   */
  record Batch(List<Row<?>> rows, long sinceNanos) {
    public Batch {
      rows = List.copyOf(rows);
    }
  }

  /** Never blocks on anything but another offer or take. */
  void offer(Collection<Row<?>> offered) {
    if (offered.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      long now = System.nanoTime();
      for (Row<?> row : offered) {
        if (size == rows.length) {
          removeFirst();
          dropped++;
        }
        int at = (first + size) % rows.length;
        rows[at] = row;
        sinceNanos[at] = now;
        size++;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code max} rows are there, the oldest has waited for {@code linger}, or the buffer
   * was closed.
   *
   * @return null when the buffer is closed and empty
   */
  @Nullable Batch take(int max, Duration linger) throws InterruptedException {
    lock.lock();
    try {
      while (size < max && !closed) {
        long left =
            size == 0 ? Long.MAX_VALUE : sinceNanos[first] + linger.toNanos() - System.nanoTime();
        if (left <= 0) {
          break;
        }
        var _ = changed.awaitNanos(left);
      }
      return size == 0 ? null : removeUpTo(max);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives back what could not be sent, to be taken first again. What found no room in the meantime
   * is the oldest of it.
   */
  void putBack(Batch batch) {
    lock.lock();
    try {
      int room = Math.min(rows.length - size, batch.rows().size());
      dropped += batch.rows().size() - room;
      for (Row<?> row : batch.rows().reversed().subList(0, room)) {
        first = (first + rows.length - 1) % rows.length;
        rows[first] = row;
        sinceNanos[first] = batch.sinceNanos();
        size++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes {@link #take}; from now on it doesn't wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops, and counts, all that is left. */
  void clear() {
    lock.lock();
    try {
      dropped += size;
      while (size > 0) {
        removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  int capacity() {
    return rows.length;
  }

  State state() {
    lock.lock();
    try {
      return new State(size, dropped, size == 0 ? 0 : System.nanoTime() - sinceNanos[first]);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param dropped since the start
   * @param oldestNanos how long the oldest row has waited; 0 when empty
   */
  record State(int size, long dropped, long oldestNanos) {}

  private Batch removeUpTo(int max) {
    long since = sinceNanos[first];
    List<Row<?>> taken = new ArrayList<>(Math.min(max, size));
    while (size > 0 && taken.size() < max) {
      taken.add(removeFirst());
    }
    return new Batch(taken, since);
  }

  private Row<?> removeFirst() {
    Row<?> row = rows[first];
    if (row == null) {
      throw new IllegalStateException("the buffer is empty");
    }
    rows[first] = null;
    first = (first + 1) % rows.length;
    size--;
    return row;
  }
}
