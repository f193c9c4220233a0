package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows from the buffer to the spool when QuestDB does not take them. A disk that takes
 * nothing leaves them in the buffer. Used by the writer's thread.
 */
final class Overflow {
  /** Half of the shortest interval: what was polled is on disk before the next poll, at worst. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Once QuestDB is known to be away; each batch costs the disk a sync. */
  private static final Duration PATIENCE_IN_TROUBLE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);

  private final RowBuffer buffer;
  private final Spool spool;
  private final ProgressJournal progress;
  private final WriterLog log;

  Overflow(RowBuffer buffer, Spool spool, ProgressJournal progress, WriterLog log) {
    this.buffer = buffer;
    this.spool = spool;
    this.progress = progress;
    this.log = log;
  }

  void open() {
    try {
      spool.open();
    } catch (IOException e) {
      log.diskTakesNothing(e);
    }
  }

  /** The buffer's rows into the spool, once they have waited or need the room. */
  void move(boolean questDbFailed, Retry retry) throws InterruptedException {
    while (isDue(buffer.state(), questDbFailed, retry)) {
      Batch batch = takeNow();
      if (batch == null || !keep(batch)) {
        return;
      }
    }
  }

  private boolean isDue(RowBuffer.State waiting, boolean questDbFailed, Retry retry) {
    Duration patience = questDbFailed || !spool.isEmpty() ? PATIENCE_IN_TROUBLE : PATIENCE;
    return waiting.size() > 0
        && (retry.isOver()
            || waiting.oldestNanos() >= patience.toNanos()
            || waiting.size() >= buffer.capacity() / 2);
  }

  /** At the end: what QuestDB did not take in time is for the next start. */
  void moveAll() {
    try {
      Batch batch = takeNow();
      while (batch != null && keep(batch)) {
        batch = takeNow();
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while keeping the last rows");
    }
  }

  /** What is there, without waiting; null when nothing is. */
  @Nullable Batch takeNow() throws InterruptedException {
    return buffer.state().size() == 0 ? null : buffer.take(RowWriter.MAX_BATCH_ROWS, Duration.ZERO);
  }

  /** Into the spool; back into the buffer, and false, when the disk doesn't take them. */
  boolean keep(Batch batch) {
    boolean kept = put(batch);
    if (!kept) {
      buffer.putBack(batch);
    }
    return kept;
  }

  /** Into the spool; false when the disk doesn't take them. */
  boolean put(Batch batch) {
    try {
      spool.append(batch.rows());
      progress.safe(batch.handovers(), spool.end());
      log.diskTakesRows();
      return true;
    } catch (IOException e) {
      log.diskTakesNothing(e);
      return false;
    }
  }
}
