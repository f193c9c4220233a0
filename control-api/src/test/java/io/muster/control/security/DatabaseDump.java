package io.muster.control.security;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Every value of every table, a line each; bytes in hexadecimal digits. */
@Singleton
class DatabaseDump {
  private final JdbcOperations jdbc;

  DatabaseDump(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional
  List<String> lines() {
    return jdbc.execute(DatabaseDump::lines);
  }

  private static List<String> lines(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String table : tables(connection)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            lines.add(
                rows.getObject(column) instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : table + ": " + rows.getString(column));
          }
        }
      }
    }
    return lines;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getTables(null, "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
