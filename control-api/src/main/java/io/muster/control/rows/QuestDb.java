package io.muster.control.rows;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.muster.control.settings.ControlSettings;
import io.muster.control.settings.HistorySettings;
import io.muster.protocol.Secret;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small pool of connections over the PostgreSQL wire, apart from the application's database: it
 * needs nobody to be there at the start, and nobody waits long when nobody is.
 */
@Singleton
@Bean(preDestroy = "close")
final class QuestDb {
  private static final Logger LOG = LoggerFactory.getLogger(QuestDb.class);

  /** Reads are short and shared; more would only take from who writes. */
  private static final int MAX_CONNECTIONS = 4;

  /** For a connection, or for one that is free: a page that waits longer looks broken. */
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(2);

  /** Ten times what the longest of our reads took of millions of rows. */
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

  /** A QuestDB that hangs does not end a statement itself: then the connection is cut. */
  private static final Duration SILENCE_LIMIT = STATEMENT_LIMIT.plusSeconds(5);

  /** Idle connections cost QuestDB memory. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);

  private final HistorySettings settings;
  private final @Nullable HikariDataSource connections;
  private final AtomicBoolean away = new AtomicBoolean();

  QuestDb(ControlSettings settings) {
    this.settings = settings.history();
    connections = pool(this.settings);
  }

  private static @Nullable HikariDataSource pool(HistorySettings settings) {
    String user = settings.user();
    Secret password = settings.password();
    if (user == null || password == null) {
      return null;
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("questdb");
    config.setJdbcUrl("jdbc:postgresql://" + settings.address() + "/qdb");
    config.setUsername(user);
    config.setPassword(password.reveal());
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_LIMIT.toMillis());
    config.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    config.setValidationTimeout(CONNECTION_PATIENCE.toMillis() / 2);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "muster-control");
    config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECTION_PATIENCE.toSeconds()));
    config.addDataSourceProperty("socketTimeout", String.valueOf(SILENCE_LIMIT.toSeconds()));
    return new HikariDataSource(config);
  }

  <T> List<T> read(Sql sql, RowReader<T> reader) {
    if (connections == null) {
      throw new HistoryUnavailableException(
          "Nothing that was measured can be read: QUESTDB_READONLY_USER and"
              + " QUESTDB_READONLY_PASSWORD are not set.");
    }
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql.text())) {
      statement.setQueryTimeout((int) STATEMENT_LIMIT.toSeconds());
      bind(statement, sql.values());
      List<T> rows = read(statement, reader);
      if (away.compareAndSet(true, false)) {
        LOG.info("QuestDB at {} can be read again", settings.address());
      }
      return rows;
    } catch (SQLException e) {
      if (away.compareAndSet(false, true)) {
        LOG.warn(
            "Cannot read from QuestDB at {} as {}: {}",
            settings.address(),
            settings.user(),
            reason(e));
        LOG.debug("What was read: {}", sql.text(), e);
      }
      throw new HistoryUnavailableException(
          "What was measured can't be read just now; the control API's log says why. Inventory and"
              + " accounts are not concerned.",
          e);
    }
  }

  private static <T> List<T> read(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    List<T> read = new ArrayList<>();
    try (ResultSet cells = statement.executeQuery()) {
      Row row = new Row(cells);
      while (cells.next()) {
        read.add(reader.read(row));
      }
    }
    return read;
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(
          i + 1,
          switch (values.get(i)) {
            case Instant time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            case UUID id -> id.toString();
            case Object other -> other;
          });
    }
  }

  /** The pool tells of its wait only; what it waited for is the cause. */
  private static String reason(SQLException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  void close() {
    if (connections != null) {
      connections.close();
    }
  }
}
