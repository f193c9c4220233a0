package io.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL over the PostgreSQL wire, as users' tools speak it. */
public record Sql(Connection connection) implements AutoCloseable {
  public static Sql connect(JsonNode endpoints) throws SQLException {
    return new Sql(
        DriverManager.getConnection(
            "jdbc:postgresql://" + endpoints.path("questdbPg").asText() + "/qdb",
            endpoints.path("questdbUser").asText(),
            endpoints.path("questdbPassword").asText()));
  }

  public List<Row> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var columns = result.getMetaData();
      var rows = new ArrayList<Row>();
      while (result.next()) {
        var cells = new LinkedHashMap<String, @Nullable String>();
        for (var i = 1; i <= columns.getColumnCount(); i++) {
          cells.put(columns.getColumnLabel(i), result.getString(i));
        }
        rows.add(new Row(cells));
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
