package io.muster.control.database;

import io.muster.control.settings.DatabaseSettings;
import io.muster.protocol.Secret;
import io.muster.settings.PlainFailureException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second control API off a database: two would each know half of the agents. On PostgreSQL
 * an advisory lock, held by a connection of its own; H2 locks its file itself.
 */
public final class DatabaseLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);

  /** "muster" in ASCII: other programs' advisory locks in the same database have other numbers. */
  private static final long KEY = 0x6d7573746572L;

  /** A connection that was lost is found soon enough to stop before another one has settled. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** Longer, and the database is as good as away. */
  private static final int ANSWER_SECONDS = 5;

  private static final String HOLDER =
      """
      SELECT a.application_name, host(a.client_addr) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND ((l.classid::bigint << 32) | l.objid::bigint) = ?
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())\
      """;

  private final DatabaseSettings settings;
  private @Nullable Connection connection;
  private volatile boolean closed;

  private DatabaseLock(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes the database.
   *
   * @throws PlainFailureException when another control API has it, or it can't be reached
   */
  public static DatabaseLock take(DatabaseSettings settings) {
    DatabaseLock lock = new DatabaseLock(settings);
    if (settings.isPostgreSql()) {
      try {
        lock.acquire();
      } catch (SQLException e) {
        throw new PlainFailureException(
            "Cannot reach the database %s: %s. Look at DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD."
                .formatted(settings.url(), e.getMessage()),
            e);
      }
    }
    return lock;
  }

  /**
   * Watches it: after a lost connection it is taken again.
   *
   * @param whenTaken told when another control API was quicker
   */
  public void watch(Runnable whenTaken) {
    if (settings.isPostgreSql()) {
      Thread.ofVirtual().name("database-lock").start(() -> keep(whenTaken));
    }
  }

  private void keep(Runnable whenTaken) {
    while (!closed) {
      try {
        Thread.sleep(LOOK_EVERY);
        if (!isHeld()) {
          acquire();
          LOG.info("Took the lock of the database again after its connection was lost");
        }
      } catch (SQLException e) {
        LOG.warn("Cannot reach the database to hold its lock: {}", e.getMessage());
      } catch (PlainFailureException e) {
        LOG.error("{}", e.getMessage());
        whenTaken.run();
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized boolean isHeld() throws SQLException {
    return connection != null && connection.isValid(ANSWER_SECONDS);
  }

  private synchronized void acquire() throws SQLException {
    if (closed) {
      return;
    }
    disconnect();
    Connection opened = open();
    boolean held = false;
    try (PreparedStatement statement = opened.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      ResultSet result = statement.executeQuery();
      result.next();
      if (!result.getBoolean(1)) {
        throw new PlainFailureException(
            "Another control API (%s) uses the database %s: there is one for each database. Stop it first."
                .formatted(holder(opened), settings.url()),
            null);
      }
      connection = opened;
      held = true;
    } finally {
      if (!held) {
        opened.close();
      }
    }
  }

  private Connection open() throws SQLException {
    Properties properties = new Properties();
    String user = settings.user();
    Secret password = settings.password();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    properties.setProperty(
        "ApplicationName", "muster-control, pid " + ProcessHandle.current().pid());
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(settings.url(), properties);
  }

  private static String holder(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      statement.setLong(1, KEY);
      ResultSet result = statement.executeQuery();
      return result.next()
          ? result.getString(1) + " at " + result.getString(2)
          : "which has just gone";
    }
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a lost connection", e);
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      disconnect();
    }
  }
}
