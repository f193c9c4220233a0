package io.muster.agent.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cells of a row as QuestDB's JSON has them. */
final class ExpectedCells implements Cells {
  private static final DateTimeFormatter MICROS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private final Map<String, Object> cells = new TreeMap<>();

  static Map<String, Object> of(WritableRow row) {
    ExpectedCells expected = new ExpectedCells();
    expected.time("ts", row.ts());
    row.write(expected);
    return expected.cells;
  }

  /** Null when the cell is. */
  static @Nullable Object value(JsonNode cell) {
    if (cell.isNull()) {
      return null;
    }
    return cell.isNumber()
        ? (Object) cell.doubleValue()
        : cell.isBoolean() ? (Object) cell.booleanValue() : cell.asText();
  }

  @Override
  public void symbol(String column, String value) {
    cells.put(column, value);
  }

  @Override
  public void text(String column, String value) {
    cells.put(column, value);
  }

  @Override
  public void whole(String column, long value) {
    cells.put(column, (double) value);
  }

  @Override
  public void real(String column, double value) {
    cells.put(column, value);
  }

  @Override
  public void truth(String column, boolean value) {
    cells.put(column, value);
  }

  @Override
  public void time(String column, Instant value) {
    cells.put(column, MICROS.format(value));
  }
}
