package io.muster.agent.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way to QuestDB.
 *
 * @param origin null in tables that have no server
 * @param <T> what the row is made from
 */
record Row<T>(Table<T> table, @Nullable Origin origin, Instant ts, T value) implements WritableRow {
  @Override
  public String tableName() {
    return table.name();
  }

  @Override
  public void write(Cells cells) {
    table.write(origin, value, cells);
  }
}
