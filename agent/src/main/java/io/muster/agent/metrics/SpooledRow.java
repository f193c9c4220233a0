package io.muster.agent.metrics;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A row that was read back from the spool: its cells by name, whatever the schema is today. */
record SpooledRow(String tableName, Instant ts, List<Consumer<Cells>> cells)
    implements WritableRow {
  public SpooledRow {
    cells = List.copyOf(cells);
  }

  @Override
  public void write(Cells to) {
    cells.forEach(cell -> cell.accept(to));
  }
}
