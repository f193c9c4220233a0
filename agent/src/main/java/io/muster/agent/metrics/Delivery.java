package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import io.muster.agent.metrics.RowSink.Outcome;
import io.muster.agent.metrics.RowSink.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands rows to QuestDB, one request at a time, and draws the consequences of its answer. Used by
 * the writer's thread.
 */
final class Delivery {
  /** How soon a wait for an answer sees that the end has come. */
  private static final Duration LOOK_UP = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Courier courier;
  private final Spool spool;
  private final Overflow overflow;
  private final Retry retry;
  private final ClosingTime closing;
  private final WriterProgress progress;
  private final ProgressJournal journal;
  private final WriterLog log;
  private @Nullable Request inFlight;
  private boolean flowing;
  private boolean failed;

  Delivery(
      Courier courier,
      Spool spool,
      Overflow overflow,
      Retry retry,
      ClosingTime closing,
      WriterProgress progress,
      ProgressJournal journal,
      WriterLog log) {
    this.courier = courier;
    this.spool = spool;
    this.overflow = overflow;
    this.retry = retry;
    this.closing = closing;
    this.progress = progress;
    this.journal = journal;
    this.log = log;
  }

  /**
   * Rows that the courier has.
   *
   * @param stored where they are in the spool; null = they came from the buffer
   * @param batch null = they came from the spool, or were put into it since
   */
  private record Request(
      List<? extends WritableRow> rows,
      Spool.@Nullable Stored stored,
      @Nullable Batch batch,
      Future<Outcome> answer,
      long sinceNanos) {}

  /** Whether an answer is still to come. */
  boolean isUnderWay() {
    return inFlight != null;
  }

  /** Whether the newest answer was good, and came in time. */
  boolean isFlowing() {
    return flowing;
  }

  /** Whether QuestDB has taken nothing since it last refused to. */
  boolean hasFailed() {
    return failed;
  }

  void begin(Batch batch) {
    begin(batch.rows(), null, batch);
  }

  void begin(Spool.Stored stored) {
    begin(stored.rows(), stored, null);
  }

  /** Without rows: only makes ready. */
  void prepare() {
    begin(List.of(), null, null);
  }

  private void begin(
      List<? extends WritableRow> rows, Spool.@Nullable Stored stored, @Nullable Batch batch) {
    progress.sending(batch);
    inFlight = new Request(rows, stored, batch, courier.send(rows), System.nanoTime());
  }

  /** Waits for the answer, and no longer than the end allows. */
  void await(Duration atMost) throws InterruptedException {
    Request request = inFlight;
    if (request == null) {
      return;
    }
    long end = System.nanoTime() + atMost.toNanos();
    try {
      Outcome outcome = answer(request, end);
      inFlight = null;
      progress.sending(null);
      acknowledged(request, outcome);
    } catch (ExecutionException e) {
      inFlight = null;
      failed(request, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      long waited = System.nanoTime() - request.sinceNanos();
      if (request.batch() != null && waited >= Overflow.PATIENCE.toNanos()) {
        unavailable(
            "QuestDB has not acknowledged rows for " + Overflow.PATIENCE.toSeconds() + " s");
      }
      flowing = false;
    }
  }

  /** In short pieces, because the end may come while waiting. */
  private Outcome answer(Request request, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      long left = closing.limit(end) - System.nanoTime();
      try {
        return request.answer().get(Math.min(left, LOOK_UP.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= LOOK_UP.toNanos()) {
          throw e;
        }
      }
    }
  }

  private void acknowledged(Request request, Outcome outcome) {
    flowing = true;
    failed = false;
    retry.succeeded();
    if (request.rows().isEmpty()) {
      progress.available();
      return;
    }
    if (request.batch() != null) {
      journal.safe(request.batch().handovers(), null);
    }
    if (request.stored() != null) {
      if (spool.isLast(request.stored())) {
        // First on disk: marks that point into a spool that is gone count as lost.
        journal.replayed();
      }
      spool.remove(request.stored());
    }
    if (progress.acknowledged(outcome)) {
      log.recovered();
    }
    log.drops();
    log.refused(request.rows(), outcome.refused());
  }

  private void failed(Request request, Throwable cause) {
    if (cause instanceof UnavailableException) {
      unavailable(String.valueOf(cause.getMessage()));
    } else {
      LOG.error("Sending rows failed in a way that is a mistake of this program", cause);
      unavailable("Sending rows failed: " + cause);
    }
    if (request.batch() != null) {
      overflow.keep(request.batch());
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

  void retryLater() {
    flowing = false;
    retry.failed();
  }

  /**
   * Rows that hang in a request are put into the spool, before those that came later.
   *
   * @return false when the request still has rows that are nowhere else
   */
  boolean keepInFlight() {
    Request request = inFlight;
    if (request == null || request.batch() == null) {
      return true;
    }
    if (!failed || !overflow.put(request.batch())) {
      return false;
    }
    inFlight = new Request(request.rows(), null, null, request.answer(), request.sinceNanos());
    progress.sending(null);
    return true;
  }

  /** Keeps the rows of a request whose answer is not waited for any more. */
  void abandon() {
    Request request = inFlight;
    if (request != null && request.batch() != null) {
      overflow.keep(request.batch());
    }
    progress.sending(null);
  }
}
