package io.muster.agent.metrics;

import io.muster.agent.metrics.RowBuffer.Batch;
import io.muster.agent.metrics.RowSink.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the writer's thread tells the others. */
final class WriterProgress {
  /** Enough to see a pattern, little enough for a page of state. */
  private static final int QUARANTINE_KEPT = 20;

  private final Clock clock;
  private final Deque<QuarantinedRow> quarantined = new ArrayDeque<>();
  private boolean connected;
  private boolean interrupted;
  private @Nullable String problem;
  private @Nullable Instant lastAcknowledgedAt;
  private long written;
  private long refused;
  private @Nullable Batch inFlight;

  WriterProgress(Clock clock) {
    this.clock = clock;
  }

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

  /** Rows that are nowhere but in the request; null = none such. */
  synchronized void sending(@Nullable Batch batch) {
    inFlight = batch;
  }

  /** True when rows flow again for the first time after an interruption. */
  synchronized boolean acknowledged(Outcome outcome) {
    boolean news = interrupted;
    interrupted = false;
    connected = true;
    problem = null;
    lastAcknowledgedAt = clock.instant();
    written += outcome.written();
    refused += outcome.refused().size();
    for (QuarantinedRow row : outcome.refused()) {
      quarantined.addLast(row);
      if (quarantined.size() > QUARANTINE_KEPT) {
        quarantined.removeFirst();
      }
    }
    return news;
  }

  synchronized WriterStatus status(
      RowBuffer buffer, Spool.State spool, List<String> schemaProblems) {
    RowBuffer.State waiting = buffer.state();
    Batch sending = inFlight;
    long inMemoryNanos =
        sending == null ? waiting.oldestNanos() : System.nanoTime() - sending.sinceNanos();
    Long oldest = spool.oldestAtMillis();
    long onDiskMillis = oldest == null ? 0 : Math.max(0, clock.millis() - oldest);
    return new WriterStatus(
        connected,
        problem,
        lastAcknowledgedAt,
        written,
        waiting.dropped() + spool.rowsDropped(),
        refused,
        spool.rowsSpooled(),
        spool.bytes(),
        waiting.size() + (sending == null ? 0 : sending.rows().size()),
        buffer.capacity(),
        Math.max(inMemoryNanos / 1e6, (double) onDiskMillis),
        List.copyOf(quarantined),
        schemaProblems);
  }
}
