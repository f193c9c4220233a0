package io.muster.agent.metrics;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writer says: changes, not repeats. */
final class WriterLog {
  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private final RowBuffer buffer;
  private final Spool spool;
  private final Set<String> refusedTables = new HashSet<>();
  private boolean diskTrouble;
  private boolean dropping;
  private long droppedBefore;
  private long droppedTold;

  WriterLog(RowBuffer buffer, Spool spool) {
    this.buffer = buffer;
    this.spool = spool;
  }

  void unavailable(String why) {
    LOG.warn("{}. Polling goes on; rows wait on disk until QuestDB takes them", why);
  }

  void recovered() {
    LOG.info(
        "QuestDB takes rows again; {} wait on disk, {} in memory",
        spool.state().rowsWaiting(),
        buffer.state().size());
  }

  void diskTakesNothing(IOException cause) {
    if (!diskTrouble) {
      LOG.warn(
          "Rows that QuestDB does not take cannot be kept on disk: {}. Up to {} rows wait in"
              + " memory, then the oldest are dropped; free space or repair the data folder",
          cause.toString(),
          buffer.capacity());
    }
    diskTrouble = true;
  }

  void diskTakesRows() {
    if (diskTrouble) {
      LOG.info("The disk takes rows again");
    }
    diskTrouble = false;
  }

  void drops() {
    long dropped = buffer.state().dropped();
    if (dropped > droppedTold && !dropping) {
      LOG.warn("The buffer of {} rows is full: the oldest rows are dropped", buffer.capacity());
      dropping = true;
      droppedBefore = droppedTold;
    } else if (dropped == droppedTold && dropping) {
      LOG.info("The buffer has room again; {} rows were lost", dropped - droppedBefore);
      dropping = false;
    }
    droppedTold = dropped;
  }

  /** Says the first refused row of a table, and again only after a batch of it went through. */
  void refused(List<? extends WritableRow> rows, List<QuarantinedRow> refused) {
    Set<String> refusedNow = new HashSet<>();
    for (QuarantinedRow row : refused) {
      if (refusedNow.add(row.table()) && refusedTables.add(row.table())) {
        LOG.warn(
            "QuestDB refuses a row of {} and it is left out: {} ({})",
            row.table(),
            row.reason(),
            row.row());
      }
    }
    if (refusedTables.isEmpty()) {
      return;
    }
    for (WritableRow row : rows) {
      if (!refusedNow.contains(row.tableName()) && refusedTables.remove(row.tableName())) {
        LOG.info("QuestDB takes all rows of {} again", row.tableName());
      }
    }
  }

  void end() {
    long onDisk = spool.state().rowsWaiting();
    if (onDisk > 0) {
      LOG.info("{} rows wait on disk for the next start", onDisk);
    }
    int left = buffer.state().size();
    if (left > 0) {
      LOG.warn("{} rows could be written neither to QuestDB nor to disk and are lost", left);
    }
  }
}
