package io.muster.control.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of an answer, by the names of its columns. Null = unknown, never 0. */
public final class Row {
  private final ResultSet cells;

  Row(ResultSet cells) {
    this.cells = cells;
  }

  public @Nullable String text(String column) throws SQLException {
    return cells.getString(column);
  }

  /** A text that every row has. */
  public String name(String column) throws SQLException {
    String name = cells.getString(column);
    if (name == null) {
      throw new SQLException("A row has nothing in column " + column);
    }
    return name;
  }

  public UUID id(String column) throws SQLException {
    String name = name(column);
    try {
      return UUID.fromString(name);
    } catch (IllegalArgumentException e) {
      throw new SQLException("Column " + column + " has no UUID: " + name, e);
    }
  }

  public @Nullable Double number(String column) throws SQLException {
    double number = cells.getDouble(column);
    return cells.wasNull() || Double.isNaN(number) ? null : number;
  }

  public @Nullable Long whole(String column) throws SQLException {
    long whole = cells.getLong(column);
    return cells.wasNull() ? null : whole;
  }

  public @Nullable Integer count(String column) throws SQLException {
    int count = cells.getInt(column);
    return cells.wasNull() ? null : count;
  }

  /** A BOOLEAN column, which has no unknown. */
  public boolean flag(String column) throws SQLException {
    return cells.getBoolean(column);
  }

  /** QuestDB's times are UTC and say no zone, so the driver would take the JVM's. */
  public @Nullable Instant time(String column) throws SQLException {
    LocalDateTime time = cells.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /** A column like {@code ;a;b;}; empty = none, null = unknown. */
  public @Nullable List<String> list(String column) throws SQLException {
    String list = cells.getString(column);
    return list == null
        ? null
        : Arrays.stream(list.split(";", -1)).filter(entry -> !entry.isEmpty()).toList();
  }
}
