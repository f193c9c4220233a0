package io.muster.agent.metrics;

import java.time.Instant;

/** Takes the cells of one row, symbols first; a cell that is not given is null. */
interface Cells {
  void symbol(String column, String value);

  void text(String column, String value);

  void whole(String column, long value);

  void real(String column, double value);

  void truth(String column, boolean value);

  void time(String column, Instant value);
}
