package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import io.muster.agent.metrics.RowSink.Outcome;
import io.muster.agent.metrics.RowSink.UnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

  /** Half of the shortest interval: what was polled is on disk before the next poll, at worst. */
  static final Duration SPOOL_AFTER = Duration.ofSeconds(5);

  /** QuestDB restarts in 2 s, so the first attempts come soon. */
  static final Duration FIRST_RETRY = Duration.ofMillis(250);

  /** Longest pause: after a long outage rows flow again within this time. */
  static final Duration LAST_RETRY = Duration.ofSeconds(5);

  /** For QuestDB at the end, then the spool takes what is left: polls take up to 2.5 s before. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** A disk that hangs must not keep the program from ending. */
  private static final Duration DISK_TIMEOUT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private final RowBuffer buffer;
  private final Spool spool;
  private final Courier courier;
  private final Supplier<List<String>> schemaProblems;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final WriterProgress progress;
  private final WriterLog log;
  private volatile long closeBy;
  private @Nullable Delivery inFlight;
  private boolean flowing;
  private boolean failed;
  private boolean failedAtEnd;
  private boolean ended;
  private Duration pause = FIRST_RETRY;
  private long nextAttempt = System.nanoTime();

  RowWriter(
      RowBuffer buffer,
      Spool spool,
      RowSink sink,
      Supplier<List<String>> schemaProblems,
      Clock clock) {
    this.buffer = buffer;
    this.spool = spool;
    this.courier = new Courier(sink);
    this.schemaProblems = schemaProblems;
    this.progress = new WriterProgress(clock);
    this.log = new WriterLog(buffer, spool);
    this.thread = Thread.ofPlatform().daemon().name("questdb-writer").unstarted(this::run);
  }

  /**
   * Rows that the courier has.
   *
   * @param stored where they are in the spool; null = they came from the buffer
   * @param batch null = they came from the spool, or were put into it since
   */
  private record Delivery(
      List<? extends WritableRow> rows,
      Spool.@Nullable Stored stored,
      @Nullable Batch batch,
      Future<Outcome> answer,
      long sinceNanos) {}

  void start() {
    thread.start();
  }

  WriterStatus status() {
    return progress.status(buffer, spool.state(), schemaProblems.get());
  }

  /** Blocks for {@link #CLOSE_TIMEOUT} at most, and for as long as the disk takes. */
  @Override
  public void close() {
    closeBy = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    closing.countDown();
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
      openSpool();
      while (!ended) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("Writer ends: interrupted");
    } finally {
      end();
    }
  }

  private void openSpool() {
    try {
      spool.open();
    } catch (IOException e) {
      log.diskTakesNothing(e);
    }
  }

  private void step() throws InterruptedException {
    try {
      if (flowing && spool.isEmpty() && inFlight == null) {
        live();
      } else {
        behind();
      }
    } catch (RuntimeException e) {
      LOG.error("Writing rows failed in a way that is a mistake of this program", e);
      retryLater();
      ended = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void live() throws InterruptedException {
    Batch batch = buffer.take(MAX_BATCH_ROWS, FLUSH_INTERVAL);
    if (batch == null) {
      ended = true;
    } else {
      begin(batch.rows(), null, batch);
      await(SPOOL_AFTER);
    }
  }

  /** QuestDB is away, or has not yet got all that the spool holds. */
  private void behind() throws InterruptedException {
    if (keepInFlight()) {
      move();
    }
    if (inFlight == null && mayTry()) {
      attempt();
    }
    if (inFlight != null) {
      await(FLUSH_INTERVAL);
    } else if (!isClosing()) {
      long left = Math.min(nextAttempt - System.nanoTime(), FLUSH_INTERVAL.toNanos());
      var _ = closing.await(left, TimeUnit.NANOSECONDS);
    }
    if (isClosing()) {
      boolean nothingLeft = inFlight == null && spool.isEmpty() && buffer.state().size() == 0;
      ended = nothingLeft || !mayTry();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private boolean mayTry() {
    long now = System.nanoTime();
    return isClosing() ? !failedAtEnd && now < closeBy : now >= nextAttempt;
  }

  /** Oldest first: from the spool, else from the buffer; with nothing there only makes ready. */
  private void attempt() throws InterruptedException {
    Spool.Stored stored = spool.peek(MAX_BATCH_ROWS);
    if (stored != null) {
      begin(stored.rows(), stored, null);
      return;
    }
    Batch batch = buffer.state().size() == 0 ? null : buffer.take(MAX_BATCH_ROWS, Duration.ZERO);
    begin(batch == null ? List.of() : batch.rows(), null, batch);
  }

  private void begin(
      List<? extends WritableRow> rows, Spool.@Nullable Stored stored, @Nullable Batch batch) {
    progress.sending(batch);
    inFlight = new Delivery(rows, stored, batch, courier.send(rows), System.nanoTime());
  }

  /** Waits for the answer, and no longer than the end allows. */
  private void await(Duration atMost) throws InterruptedException {
    Delivery delivery = inFlight;
    if (delivery == null) {
      return;
    }
    long end = System.nanoTime() + atMost.toNanos();
    try {
      Outcome outcome = answer(delivery, end);
      inFlight = null;
      progress.sending(null);
      acknowledged(delivery, outcome);
    } catch (ExecutionException e) {
      inFlight = null;
      failed(delivery, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      long waited = System.nanoTime() - delivery.sinceNanos();
      if (delivery.batch() != null && waited >= SPOOL_AFTER.toNanos()) {
        unavailable("QuestDB has not acknowledged rows for " + SPOOL_AFTER.toSeconds() + " s");
      }
      flowing = false;
    }
  }

  /** In short pieces, because the end may come while waiting. */
  private Outcome answer(Delivery delivery, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      long limit = isClosing() ? Math.min(end, closeBy) : end;
      long left = limit - System.nanoTime();
      try {
        return delivery.answer().get(Math.min(left, FIRST_RETRY.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= FIRST_RETRY.toNanos()) {
          throw e;
        }
      }
    }
  }

  private void acknowledged(Delivery delivery, Outcome outcome) {
    flowing = true;
    failed = false;
    pause = FIRST_RETRY;
    nextAttempt = System.nanoTime();
    if (delivery.rows().isEmpty()) {
      progress.available();
      return;
    }
    if (delivery.stored() != null) {
      spool.remove(delivery.stored());
    }
    if (progress.acknowledged(outcome)) {
      log.recovered();
    }
    log.drops();
    log.refused(delivery.rows(), outcome.refused());
  }

  private void failed(Delivery delivery, Throwable cause) {
    if (cause instanceof UnavailableException) {
      unavailable(String.valueOf(cause.getMessage()));
    } else {
      LOG.error("Sending rows failed in a way that is a mistake of this program", cause);
      unavailable("Sending rows failed: " + cause);
    }
    if (delivery.batch() != null) {
      keep(delivery.batch());
    }
    progress.sending(null);
    retryLater();
    log.drops();
  }

  private void unavailable(String why) {
    failed = true;
    if (progress.unavailable(why)) {
      log.unavailable(why);
    }
  }

  private void retryLater() {
    flowing = false;
    failedAtEnd = isClosing();
    nextAttempt = System.nanoTime() + pause.toNanos();
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
  }

  /** Rows that hang in a request are put into the spool, before those that came later. */
  private boolean keepInFlight() {
    Delivery delivery = inFlight;
    if (delivery == null || delivery.batch() == null) {
      return true;
    }
    if (!failed || !spooled(delivery.batch())) {
      return false;
    }
    inFlight = new Delivery(delivery.rows(), null, null, delivery.answer(), delivery.sinceNanos());
    progress.sending(null);
    return true;
  }

  /** The buffer's rows into the spool, once they have waited. */
  private void move() throws InterruptedException {
    while (isDue(buffer.state())) {
      Batch batch = buffer.take(MAX_BATCH_ROWS, Duration.ZERO);
      if (batch == null || !keep(batch)) {
        return;
      }
    }
  }

  private boolean isDue(RowBuffer.State waiting) {
    Duration patience = failed || !spool.isEmpty() ? FLUSH_INTERVAL : SPOOL_AFTER;
    boolean late = isClosing() && !mayTry();
    return waiting.size() > 0
        && (late
            || waiting.oldestNanos() >= patience.toNanos()
            || waiting.size() >= buffer.capacity() / 2);
  }

  /** Into the spool; back into the buffer when the disk doesn't take them. */
  private boolean keep(Batch batch) {
    boolean kept = spooled(batch);
    if (!kept) {
      buffer.putBack(batch);
    }
    return kept;
  }

  private boolean spooled(Batch batch) {
    try {
      spool.append(batch.rows());
      log.diskTakesRows();
      return true;
    } catch (IOException e) {
      log.diskTakesNothing(e);
      return false;
    }
  }

  /** What QuestDB did not take in time is for the next start. */
  private void end() {
    Delivery delivery = inFlight;
    if (delivery != null && delivery.batch() != null) {
      keep(delivery.batch());
    }
    progress.sending(null);
    try {
      Batch batch = buffer.state().size() == 0 ? null : buffer.take(MAX_BATCH_ROWS, Duration.ZERO);
      while (batch != null && keep(batch) && buffer.state().size() > 0) {
        batch = buffer.take(MAX_BATCH_ROWS, Duration.ZERO);
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while keeping the last rows");
    }
    courier.close();
    spool.close();
    log.end();
    buffer.clear();
  }
}
