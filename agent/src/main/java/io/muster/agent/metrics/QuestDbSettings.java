package io.muster.agent.metrics;

import io.muster.protocol.Secret;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go.
 *
 * @param url {@code http} or {@code https}, host and port; rows are sent to its {@code /write}
 * @param user null = QuestDB asks for none
 * @param retention how long rows are kept
 * @param forwarder takes the rows for a QuestDB behind it, with a token in place of user and
 *     password; null = this is QuestDB itself
 */
public record QuestDbSettings(
    URI url,
    @Nullable String user,
    @Nullable Secret password,
    Retention retention,
    @Nullable Forwarder forwarder) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @throws IllegalArgumentException when the address has no such shape or the user no password
   */
  public QuestDbSettings {
    Objects.requireNonNull(retention, "retention");
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "QuestDB's address must be http://host:port or https://host:port, but is '" + url + "'");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "QuestDB's address must not hold a user or password: give these on their own");
    }
    boolean path = !url.getRawPath().isEmpty() && !url.getRawPath().equals("/");
    if (path || url.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "QuestDB's address must end after the port, but is '" + url + "'");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("QuestDB's user and password belong together");
    }
  }

  /** QuestDB itself. */
  public QuestDbSettings(
      URI url, @Nullable String user, @Nullable Secret password, Retention retention) {
    this(url, user, password, retention, null);
  }

  /**
   * A proxy that lets rows through and nothing else: tables and views are its side's.
   *
   * @param trustStore what its certificate must satisfy; null = the system's authorities
   */
  public record Forwarder(Secret token, @Nullable TrustStoreFile trustStore) {}

  boolean tls() {
    return "https".equals(url.getScheme());
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : tls() ? HTTPS_PORT : HTTP_PORT;
  }

  /**
   * How long QuestDB keeps rows, in whole days.
   *
   * @param rawDays tables
   * @param hourlyDays hourly views
   */
  public record Retention(int rawDays, int hourlyDays) {
    public static final Retention DEFAULT = new Retention(7, 730);

    public Retention {
      if (rawDays < 1 || hourlyDays < 1) {
        throw new IllegalArgumentException(
            "retention must be at least 1 day, but is "
                + rawDays
                + " (raw) and "
                + hourlyDays
                + " (hourly)");
      }
    }

    /**
     * An hourly view computes an hour again when a late row comes; older than this it must not,
     * because part of the hour's rows may have expired already.
     */
    int refreshLimitHours() {
      return Math.max(22, (rawDays - 1) * 24);
    }
  }
}
