package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that takes rows off the buffer. While QuestDB takes them they go straight to it;
 * once it doesn't they go to the spool, and go on to do so until the spool is empty again, so that
 * their order is kept.
 */
final class RowWriter implements AutoCloseable {
  /** A row is in QuestDB about this long after it was recorded; one flush a second costs little. */
  static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

  /**
   * About 1 MB on the wire; a larger flush is no faster, and a refused one is searched row by row.
   */
  static final int MAX_BATCH_ROWS = 5_000;

  /** For QuestDB at the end, then the spool takes what is left: polls take up to 2.5 s before. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** A disk that hangs must not keep the program from ending. */
  private static final Duration DISK_TIMEOUT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private final RowBuffer buffer;
  private final Spool spool;
  private final Courier courier;
  private final Supplier<List<String>> schemaProblems;
  private final ClosingTime closing = new ClosingTime();
  private final Retry retry = new Retry(closing);
  private final WriterProgress progress;
  private final WriterLog log;
  private final Overflow overflow;
  private final Delivery delivery;
  private final Thread thread;
  private boolean ended;

  RowWriter(
      RowBuffer buffer,
      Spool spool,
      RowSink sink,
      ProgressJournal journal,
      Supplier<List<String>> schemaProblems,
      Clock clock) {
    this.buffer = buffer;
    this.spool = spool;
    this.courier = new Courier(sink);
    this.schemaProblems = schemaProblems;
    this.progress = new WriterProgress(clock);
    this.log = new WriterLog(buffer, spool);
    this.overflow = new Overflow(buffer, spool, journal, log);
    this.delivery = new Delivery(courier, spool, overflow, retry, closing, progress, journal, log);
    this.thread = Thread.ofPlatform().daemon().name("questdb-writer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  WriterStatus status() {
    return progress.status(buffer, spool.state(), schemaProblems.get());
  }

  /** Blocks for {@link #CLOSE_TIMEOUT} at most, and for as long as the disk takes. */
  @Override
  public void close() {
    closing.begin(CLOSE_TIMEOUT);
    buffer.close();
    try {
      // Never interrupted: that would close the files that it writes.
      if (!thread.join(CLOSE_TIMEOUT.plus(DISK_TIMEOUT))) {
        LOG.warn("The disk does not take the rows that wait; {} are lost", buffer.state().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      overflow.open();
      while (!ended) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("Writer ends: interrupted");
    } finally {
      end();
    }
  }

  private void step() throws InterruptedException {
    try {
      if (delivery.isFlowing() && spool.isEmpty() && !delivery.isUnderWay()) {
        live();
      } else {
        behind();
      }
    } catch (RuntimeException e) {
      LOG.error("Writing rows failed in a way that is a mistake of this program", e);
      delivery.retryLater();
      ended = closing.await(retry.nanosLeft());
    }
  }

  private void live() throws InterruptedException {
    Batch batch = buffer.take(MAX_BATCH_ROWS, FLUSH_INTERVAL);
    if (batch == null) {
      ended = true;
    } else {
      delivery.begin(batch);
      delivery.await(Overflow.PATIENCE);
    }
  }

  /** QuestDB is away, or has not yet got all that the spool holds. */
  private void behind() throws InterruptedException {
    if (delivery.keepInFlight()) {
      overflow.move(delivery.hasFailed(), retry);
    }
    if (!delivery.isUnderWay() && retry.isDue()) {
      attempt();
    }
    if (delivery.isUnderWay()) {
      delivery.await(FLUSH_INTERVAL);
    } else if (!closing.hasBegun()) {
      var _ = closing.await(Math.min(retry.nanosLeft(), FLUSH_INTERVAL.toNanos()));
    }
    if (closing.hasBegun()) {
      boolean nothingLeft = !delivery.isUnderWay() && spool.isEmpty() && buffer.state().size() == 0;
      ended = nothingLeft || !retry.isDue();
    }
  }

  /** Oldest first: from the spool, else from the buffer; with nothing there only makes ready. */
  private void attempt() throws InterruptedException {
    Spool.Stored stored = spool.peek(MAX_BATCH_ROWS);
    if (stored != null) {
      delivery.begin(stored);
      return;
    }
    Batch batch = overflow.takeNow();
    if (batch != null) {
      delivery.begin(batch);
    } else {
      delivery.prepare();
    }
  }

  private void end() {
    delivery.abandon();
    overflow.moveAll();
    courier.close();
    spool.close();
    log.end();
    buffer.clear();
  }
}
