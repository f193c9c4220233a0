package io.muster.agent.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
  private final Consumer<Row<?>> dropListener;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int first;

  /** Rows are numbered as they are offered. */
  private long firstNumber;

  private int size;
  private long dropped;
  private boolean closed;

  RowBuffer(int capacity) {
    this(capacity, row -> {});
  }

  /**
   * @param dropListener is told of every row that made room, and must not block
   */
  RowBuffer(int capacity, Consumer<Row<?>> dropListener) {
    this.dropListener = dropListener;
    rows = new @Nullable Row<?>[capacity];
    sinceNanos = new long[capacity];
  }

  /** A handover that is done when the row of this number is safe. */
  record Waiting(long number, Handover handover) {}

  /**
   * Rows in the order that they were offered.
   *
   * @param sinceNanos when the oldest was offered, on the monotonic clock
   * @param end the number after the last row's
   */
  record Batch(List<Row<?>> rows, long sinceNanos, List<Waiting> waiting, long end) {
    public Batch {
      rows = List.copyOf(rows);
      waiting = List.copyOf(waiting);
    }

    /** What is done when these rows are safe, oldest first. */
    List<Handover> handovers() {
      return waiting.stream().map(Waiting::handover).toList();
    }
  }

  void offer(Collection<Row<?>> offered) {
    offer(offered, null);
  }

  /**
   * Never blocks on anything but another offer or take.
   *
   * @param handover is done with the last of the rows; without rows, with the next one to come
   */
  void offer(Collection<Row<?>> offered, @Nullable Handover handover) {
    lock.lock();
    try {
      long now = System.nanoTime();
      for (Row<?> row : offered) {
        if (size == rows.length) {
          drop(removeFirst());
        }
        int at = (first + size) % rows.length;
        rows[at] = row;
        sinceNanos[at] = now;
        size++;
      }
      if (handover != null) {
        long next = firstNumber + size;
        waiting.addLast(new Waiting(offered.isEmpty() ? next : next - 1, handover));
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
      batch.rows().subList(0, batch.rows().size() - room).forEach(this::drop);
      long shift = firstNumber - batch.end();
      firstNumber -= room;
      for (Waiting mark : batch.waiting().reversed()) {
        if (mark.number() + shift >= firstNumber) {
          waiting.addFirst(new Waiting(mark.number() + shift, mark.handover()));
        }
      }
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
    List<Waiting> done = new ArrayList<>();
    for (Waiting mark = waiting.peekFirst();
        mark != null && mark.number() < firstNumber;
        mark = waiting.peekFirst()) {
      done.add(waiting.removeFirst());
    }
    return new Batch(taken, since, done, firstNumber);
  }

  /** What was to be done with a row that is lost never is. */
  private void drop(Row<?> row) {
    dropped++;
    while (!waiting.isEmpty() && waiting.getFirst().number() < firstNumber) {
      waiting.removeFirst();
    }
    dropListener.accept(row);
  }

  private Row<?> removeFirst() {
    Row<?> row = rows[first];
    if (row == null) {
      throw new IllegalStateException("the buffer is empty");
    }
    rows[first] = null;
    first = (first + 1) % rows.length;
    firstNumber++;
    size--;
    return row;
  }
}
