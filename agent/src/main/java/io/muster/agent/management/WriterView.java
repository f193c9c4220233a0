package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.agent.metrics.WriterStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How writing to QuestDB goes; counters since the agent started. */
@Serdeable
record WriterView(
    boolean connected,
    @Nullable String problem,
    @Nullable String lastAcknowledgedAt,
    long rowsWritten,
    long rowsDropped,
    long rowsQuarantined,
    long rowsSpooled,
    long spoolBytes,
    int rowsBuffered,
    int bufferCapacity,
    double writeLagMs,
    List<String> lastQuarantined,
    List<String> schemaProblems) {
  static WriterView of(WriterStatus status) {
    return new WriterView(
        status.connected(),
        status.problem(),
        status.lastAcknowledgedAt() == null ? null : status.lastAcknowledgedAt().toString(),
        status.rowsWritten(),
        status.rowsDropped(),
        status.rowsQuarantined(),
        status.rowsSpooled(),
        status.spoolBytes(),
        status.rowsBuffered(),
        status.bufferCapacity(),
        status.writeLagMs(),
        status.lastQuarantined().stream().map(Object::toString).toList(),
        status.schemaProblems());
  }
}
