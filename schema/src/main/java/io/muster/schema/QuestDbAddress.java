package io.muster.schema;

import io.muster.protocol.Secret;
import io.muster.protocol.configuration.Printable;
import io.muster.settings.SettingsReader;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a QuestDB answers over HTTP, and who asks.
 *
 * @param url {@code http} or {@code https}, host and port
 * @param user null = QuestDB asks for none
 */
public record QuestDbAddress(URI url, @Nullable String user, @Nullable Secret password) {
  private static final URI DEFAULT = URI.create("http://127.0.0.1:9000");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @throws IllegalArgumentException when the address has no such shape or the user no password
   */
  public QuestDbAddress {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "QuestDB's address must be http://host:port or https://host:port, but is '" + url + "'");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "QuestDB's address must not hold a user or password: give these on their own");
    }
    if (!endsAfterPort(url)) {
      throw new IllegalArgumentException(
          "QuestDB's address must end after the port, but is '" + url + "'");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("QuestDB's user and password belong together");
    }
  }

  /**
   * Of {@code QUESTDB_URL}, {@code QUESTDB_USER} and {@code QUESTDB_PASSWORD}; what is wrong is the
   * reader's to tell.
   *
   * @return null when there is neither address nor user, or when something is wrong
   */
  public static @Nullable QuestDbAddress read(SettingsReader reader) {
    int before = reader.problems().size();
    URI url = reader.address("QUESTDB_URL", new TreeSet<>(Set.of("http", "https")));
    if (url != null && url.getRawUserInfo() != null) {
      reader.problem(
          "QUESTDB_URL",
          Printable.address(url.toString()),
          "no user in the address: QUESTDB_USER and QUESTDB_PASSWORD are for that");
    }
    if (url != null && !endsAfterPort(url)) {
      reader.problem("QUESTDB_URL", Printable.address(url.toString()), "nothing after the port");
    }
    String user = reader.text("QUESTDB_USER");
    Secret password = reader.secret("QUESTDB_PASSWORD");
    if (password != null && user == null) {
      reader.problem("QUESTDB_USER", "nothing", "the user that QUESTDB_PASSWORD belongs to");
    }
    if (user != null && password == null && !reader.isTold("QUESTDB_PASSWORD_FILE")) {
      reader.problem("QUESTDB_PASSWORD", "nothing", "the password of QUESTDB_USER");
    }
    if ((url == null && user == null) || reader.problems().size() > before) {
      return null;
    }
    return new QuestDbAddress(url == null ? DEFAULT : url, user, password);
  }

  /** A QuestDB with its own defaults on this machine. */
  public static QuestDbAddress local() {
    return new QuestDbAddress(DEFAULT, null, null);
  }

  public boolean tls() {
    return "https".equals(url.getScheme());
  }

  public int port() {
    return url.getPort() >= 0 ? url.getPort() : tls() ? HTTPS_PORT : HTTP_PORT;
  }

  private static boolean endsAfterPort(URI url) {
    return Set.of("", "/").contains(url.getRawPath()) && url.getRawQuery() == null;
  }
}
