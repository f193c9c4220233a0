package io.muster.e2e.grafana;

import io.muster.cli.local.QuestDbProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The read-only user over the PostgreSQL wire's simple protocol, as Grafana's built-in data source
 * asks. Not for several threads at once.
 */
record Reader(Connection connection) implements AutoCloseable {
  static Reader of(QuestDbProcess questDb) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", questDb.readOnlyUser());
    properties.setProperty("password", questDb.readOnlyPassword().reveal());
    properties.setProperty("preferQueryMode", "simple");
    return new Reader(DriverManager.getConnection(questDb.jdbcUrl(), properties));
  }

  Answer ask(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return Answer.of(result);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
