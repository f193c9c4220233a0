package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import io.muster.agent.metrics.RowSink.Outcome;
import io.muster.agent.metrics.RowSink.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that takes rows off the buffer and gives them to the sink. */
final class RowWriter implements AutoCloseable {
  /** A row is in QuestDB about this long after it was recorded; one flush a second costs little. */
  static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

  /**
   * About 1 MB on the wire; a larger flush is no faster, and a refused one is searched row by row.
   */
  static final int MAX_BATCH_ROWS = 5_000;

  /** QuestDB restarts in 2 s, so the first attempts come soon. */
  static final Duration FIRST_RETRY = Duration.ofMillis(250);

  /** Longest pause: after a long outage rows flow again within this time. */
  static final Duration LAST_RETRY = Duration.ofSeconds(5);

  /** What is still in the buffer at the end: polls take up to 2.5 s of the 5 s before it. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Enough to see a pattern, little enough for a page of state. */
  static final int QUARANTINE_KEPT = 20;

  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private final RowBuffer buffer;
  private final RowSink sink;
  private final Supplier<List<String>> schemaProblems;
  private final Clock clock;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Progress progress = new Progress();
  private final Set<String> refusedTables = new HashSet<>();
  private Duration pause = FIRST_RETRY;
  private boolean dropping;
  private long droppedBefore;
  private long droppedTold;

  RowWriter(RowBuffer buffer, RowSink sink, Supplier<List<String>> schemaProblems, Clock clock) {
    this.buffer = buffer;
    this.sink = sink;
    this.schemaProblems = schemaProblems;
    this.clock = clock;
    // A platform thread: the client waits in native code.
    this.thread = Thread.ofPlatform().daemon().name("questdb-writer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  WriterStatus status() {
    return progress.status(buffer, schemaProblems.get());
  }

  /** Blocks for at most {@link #CLOSE_TIMEOUT} while what is left is sent. */
  @Override
  public void close() {
    buffer.close();
    closing.countDown();
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      connect();
      Batch batch = buffer.take(MAX_BATCH_ROWS, FLUSH_INTERVAL);
      while (batch != null) {
        deliver(batch);
        batch = buffer.take(MAX_BATCH_ROWS, FLUSH_INTERVAL);
      }
    } catch (InterruptedException e) {
      LOG.debug("Writer ends: interrupted");
    } finally {
      end();
    }
  }

  private void end() {
    sink.close();
    int left = buffer.state().size();
    if (left > 0) {
      LOG.warn("{} rows could not be written to QuestDB before the end and are lost", left);
    }
    buffer.clear();
  }

  /** Applies the schema before there are rows, so that what can't work is known at the start. */
  private void connect() throws InterruptedException {
    boolean open = false;
    while (!open) {
      try {
        sink.open();
        progress.available();
        open = true;
      } catch (UnavailableException e) {
        unavailable(e);
        open = backOff();
      }
    }
  }

  /** Waits before the next attempt, longer each time; true at once when the end has come. */
  private boolean backOff() throws InterruptedException {
    tellDrops();
    boolean end = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    return end;
  }

  private void deliver(Batch batch) throws InterruptedException {
    progress.sending(batch);
    try {
      Outcome outcome = sink.send(batch.rows());
      progress.acknowledged(outcome, clock.instant());
      pause = FIRST_RETRY;
      recovered();
      tell(batch, outcome);
    } catch (UnavailableException e) {
      progress.gaveBack();
      buffer.putBack(batch);
      unavailable(e);
      if (backOff()) {
        // One attempt is all that the end leaves time for.
        throw new InterruptedException("QuestDB is away at the end");
      }
      connect();
    }
  }

  private void unavailable(UnavailableException e) {
    if (progress.unavailable(String.valueOf(e.getMessage()))) {
      LOG.warn(
          "{}. Polling goes on; up to {} rows wait in memory, then the oldest are dropped",
          e.getMessage(),
          buffer.capacity());
    }
  }

  private void recovered() {
    if (progress.recovered()) {
      LOG.info("QuestDB takes rows again; {} wait", buffer.state().size());
    }
    if (dropping && buffer.state().dropped() == droppedTold) {
      LOG.info("No more rows are dropped; {} were lost", droppedTold - droppedBefore);
      dropping = false;
    }
    tellDrops();
  }

  private void tellDrops() {
    long dropped = buffer.state().dropped();
    if (dropped > droppedTold && !dropping) {
      LOG.warn("The buffer of {} rows is full: the oldest rows are dropped", buffer.capacity());
      dropping = true;
      droppedBefore = droppedTold;
    }
    droppedTold = dropped;
  }

  /** Logs the first refused row of a table, and again only after a batch of it went through. */
  private void tell(Batch batch, Outcome outcome) {
    Set<String> refusedNow = new HashSet<>();
    for (QuarantinedRow row : outcome.refused()) {
      if (refusedNow.add(row.table()) && refusedTables.add(row.table())) {
        LOG.warn(
            "QuestDB refuses a row of {} and it is left out: {} ({})",
            row.table(),
            row.reason(),
            row.row());
      }
    }
    for (Row<?> row : batch.rows()) {
      if (!refusedNow.contains(row.table().name()) && refusedTables.remove(row.table().name())) {
        LOG.info("QuestDB takes all rows of {} again", row.table().name());
      }
    }
  }

  /** What the writer's thread tells the others. */
  private static final class Progress {
    private boolean connected;
    private boolean interrupted;
    private @Nullable String problem;
    private @Nullable Instant lastAcknowledgedAt;
    private long written;
    private long refused;
    private @Nullable Batch inFlight;
    private final Deque<QuarantinedRow> quarantined = new ArrayDeque<>();

    /** After an interruption only an acknowledged row proves that rows flow. */
    synchronized void available() {
      connected = !interrupted;
    }

    /** True when this is news. */
    synchronized boolean unavailable(String why) {
      boolean news = !interrupted;
      connected = false;
      interrupted = true;
      problem = why;
      return news;
    }

    /** True when rows flow again for the first time after an interruption. */
    synchronized boolean recovered() {
      boolean news = interrupted;
      interrupted = false;
      return news;
    }

    synchronized void sending(Batch batch) {
      inFlight = batch;
    }

    synchronized void gaveBack() {
      inFlight = null;
    }

    synchronized void acknowledged(Outcome outcome, Instant at) {
      inFlight = null;
      connected = true;
      problem = null;
      lastAcknowledgedAt = at;
      written += outcome.written();
      refused += outcome.refused().size();
      for (QuarantinedRow row : outcome.refused()) {
        quarantined.addLast(row);
        if (quarantined.size() > QUARANTINE_KEPT) {
          quarantined.removeFirst();
        }
      }
    }

    synchronized WriterStatus status(RowBuffer buffer, List<String> schemaProblems) {
      RowBuffer.State waiting = buffer.state();
      Batch sending = inFlight;
      long lagNanos =
          sending == null ? waiting.oldestNanos() : System.nanoTime() - sending.sinceNanos();
      return new WriterStatus(
          connected,
          problem,
          lastAcknowledgedAt,
          written,
          waiting.dropped(),
          refused,
          0,
          0,
          waiting.size() + (sending == null ? 0 : sending.rows().size()),
          buffer.capacity(),
          lagNanos / 1e6,
          List.copyOf(quarantined),
          schemaProblems);
    }
  }
}
