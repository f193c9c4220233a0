package io.muster.agent.metrics;

import java.time.Instant;

/** A row for people: its time and cells, cut short. */
final class RowText implements Cells {
  /** Enough for time, identity and the first values. */
  private static final int MAX_CHARS = 400;

  private final StringBuilder text = new StringBuilder();

  private RowText() {}

  static String of(WritableRow row) {
    RowText cells = new RowText();
    cells.text.append("ts=").append(row.ts());
    row.write(cells);
    return cells.text.length() <= MAX_CHARS
        ? cells.text.toString()
        : cells.text.substring(0, MAX_CHARS) + "…";
  }

  private void add(String column, Object value) {
    text.append(' ').append(column).append('=').append(value);
  }

  @Override
  public void symbol(String column, String value) {
    add(column, value);
  }

  @Override
  public void text(String column, String value) {
    add(column, value);
  }

  @Override
  public void whole(String column, long value) {
    add(column, value);
  }

  @Override
  public void real(String column, double value) {
    add(column, value);
  }

  @Override
  public void truth(String column, boolean value) {
    add(column, value);
  }

  @Override
  public void time(String column, Instant value) {
    add(column, value);
  }
}
