package io.muster.agent.metrics;

import java.time.Instant;

/** A row that can be sent: fresh from a poll, or read back from the spool. */
interface WritableRow {
  String tableName();

  Instant ts();

  /** Gives the cells, symbols first. */
  void write(Cells cells);
}
