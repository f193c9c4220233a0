package io.muster.e2e.grafana;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What QuestDB answers over the PostgreSQL wire.
 *
 * @param rows cells as text, null where unknown
 */
record Answer(List<Column> columns, List<List<@Nullable String>> rows) {
  /**
   * @param type the wire's name of it: {@code timestamp}, {@code varchar}, {@code float8} …
   */
  record Column(String name, String type) {
    boolean isTime() {
      return type.equals("timestamp");
    }

    boolean isText() {
      return type.equals("varchar") || type.equals("bpchar");
    }

    boolean isNumber() {
      return switch (type) {
        case "float8", "float4", "int8", "int4", "int2" -> true;
        default -> false;
      };
    }
  }

  static Answer of(ResultSet result) throws SQLException {
    var meta = result.getMetaData();
    var columns = new ArrayList<Column>();
    for (var i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
    }
    var rows = new ArrayList<List<@Nullable String>>();
    while (result.next()) {
      var row = new ArrayList<@Nullable String>();
      for (var i = 1; i <= columns.size(); i++) {
        row.add(result.getString(i));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new Answer(List.copyOf(columns), List.copyOf(rows));
  }

  /** Position of the column, or -1. */
  int index(String column) {
    for (var i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The cells of one column, from the top. */
  List<@Nullable String> cells(String column) {
    var index = index(column);
    if (index < 0) {
      throw new IllegalArgumentException("No column " + column + " among " + columns);
    }
    var cells = new ArrayList<@Nullable String>();
    rows.forEach(row -> cells.add(row.get(index)));
    return cells;
  }
}
