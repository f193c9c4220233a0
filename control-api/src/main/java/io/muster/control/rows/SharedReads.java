package io.muster.control.rows;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One read for all who ask the same at the same time; its answer goes to those who come soon after.
 * A failure goes to who waited for it and is not kept.
 */
final class SharedReads {
  /** Counted from the read's begin: no older than what a poll brings anyway. */
  static final Duration REUSED = Duration.ofSeconds(2);

  /** Rows in kept answers: a fleet four times over, about 20 MB. */
  private static final int MAX_KEPT_ROWS = 20_000;

  private final LongSupplier nanos;
  private final Map<Object, Read> reads = new LinkedHashMap<>();

  SharedReads(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Read(long begin, CompletableFuture<List<?>> answer) {
    boolean isOver() {
      return answer.isDone();
    }

    int rows() {
      return answer.isDone() && !answer.isCompletedExceptionally() ? answer.join().size() : 0;
    }
  }

  /**
   * The answer to {@code question}, by {@code reading} if nobody has it. Blocks as long as that
   * does.
   */
  List<?> get(Object question, Supplier<? extends List<?>> reading) {
    Read mine = new Read(nanos.getAsLong(), new CompletableFuture<>());
    Read others = join(question, mine);
    if (others != null) {
      return answer(others);
    }
    try {
      mine.answer().complete(List.copyOf(reading.get()));
      bound();
    } catch (RuntimeException | Error e) {
      forget(question, mine);
      mine.answer().completeExceptionally(e);
    }
    return answer(mine);
  }

  /** The read that already answers {@code question}; null = {@code mine} does from now on. */
  private synchronized @Nullable Read join(Object question, Read mine) {
    reads
        .values()
        .removeIf(read -> read.isOver() && mine.begin() - read.begin() >= REUSED.toNanos());
    Read others = reads.get(question);
    if (others == null) {
      reads.put(question, mine);
    }
    return others;
  }

  private synchronized void forget(Object question, Read read) {
    reads.remove(question, read);
  }

  /** Lets the oldest answers go until the rest is small enough. */
  private synchronized void bound() {
    int rows = reads.values().stream().mapToInt(Read::rows).sum();
    Iterator<Read> oldest = reads.values().iterator();
    while (rows > MAX_KEPT_ROWS && oldest.hasNext()) {
      Read read = oldest.next();
      if (read.isOver()) {
        rows -= read.rows();
        oldest.remove();
      }
    }
  }

  private static List<?> answer(Read read) {
    try {
      return read.answer().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
