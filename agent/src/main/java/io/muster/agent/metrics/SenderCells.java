package io.muster.agent.metrics;

import io.questdb.client.Sender;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Cells into the official client. */
record SenderCells(Sender sender) implements Cells {
  /** Adds the row to the client's buffer. */
  static void add(Sender sender, WritableRow row) {
    sender.table(row.tableName());
    row.write(new SenderCells(sender));
    sender.at(micros(row.ts()), ChronoUnit.MICROS);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  @Override
  public void symbol(String column, String value) {
    sender.symbol(column, value);
  }

  @Override
  public void text(String column, String value) {
    sender.stringColumn(column, value);
  }

  @Override
  public void whole(String column, long value) {
    sender.longColumn(column, value);
  }

  @Override
  public void real(String column, double value) {
    sender.doubleColumn(column, value);
  }

  @Override
  public void truth(String column, boolean value) {
    sender.boolColumn(column, value);
  }

  @Override
  public void time(String column, Instant value) {
    sender.timestampColumn(column, micros(value), ChronoUnit.MICROS);
  }
}
