package io.muster.agent.metrics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How writing to QuestDB goes, at one moment. Counters count since the agent started.
 *
 * @param connected the last thing that was asked of QuestDB succeeded
 * @param problem why not connected; null when connected, or nothing was tried yet
 * @param lastAcknowledgedAt null = nothing acknowledged yet
 * @param rowsWritten acknowledged by QuestDB; a row that was sent twice counts twice
 * @param rowsDropped lost: no room in buffer or spool, damaged on disk, or left at the end
 * @param rowsQuarantined refused by QuestDB
 * @param rowsSpooled went to disk, and would survive a crash from then on
 * @param spoolBytes size of what waits on disk
 * @param rowsBuffered rows that wait in memory, in flight or not
 * @param writeLagMs how long the oldest row has waited, on disk or in memory; 0 = none
 * @param lastQuarantined newest last
 * @param schemaProblems sentences about what {@code schema.sql} could not do that don't stop
 *     writing
 */
public record WriterStatus(
    boolean connected,
    @Nullable String problem,
    @Nullable Instant lastAcknowledgedAt,
    long rowsWritten,
    long rowsDropped,
    long rowsQuarantined,
    long rowsSpooled,
    long spoolBytes,
    int rowsBuffered,
    int bufferCapacity,
    double writeLagMs,
    List<QuarantinedRow> lastQuarantined,
    List<String> schemaProblems) {
  public WriterStatus {
    lastQuarantined = List.copyOf(lastQuarantined);
    schemaProblems = List.copyOf(schemaProblems);
  }
}
