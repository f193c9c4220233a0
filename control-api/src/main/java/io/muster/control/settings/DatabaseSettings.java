package io.muster.control.settings;

import io.muster.protocol.Secret;
import io.muster.protocol.configuration.Printable;
import io.muster.settings.SettingsReader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where inventory and accounts are kept.
 *
 * @param url of JDBC: PostgreSQL's or H2's
 * @param user null = none, or in the address
 */
public record DatabaseSettings(String url, @Nullable String user, @Nullable Secret password) {
  private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql:.+");
  private static final Pattern H2 = Pattern.compile("jdbc:h2:.+");

  /** As cloud providers write it; without a user, which has keys of its own. */
  private static final Pattern PLAIN = Pattern.compile("postgres(?:ql)?://([^@]+)");

  /**
   * What makes H2 take the same migrations as PostgreSQL, and keep what was committed when the
   * process is killed: left to itself it writes up to half a second later.
   */
  private static final String H2_MODE =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

  public boolean isPostgreSql() {
    return POSTGRESQL.matcher(url).matches();
  }

  static DatabaseSettings inFolder(Path folder) {
    return new DatabaseSettings(
        "jdbc:h2:file:" + folder.resolve("control").toAbsolutePath() + H2_MODE, "muster", null);
  }

  static DatabaseSettings read(SettingsReader reader, Path dataFolder) {
    String url = reader.text("DATABASE_URL");
    String user = reader.text("DATABASE_USER");
    Secret password = reader.secret("DATABASE_PASSWORD");
    if (url == null) {
      return inFolder(dataFolder);
    }
    var plain = PLAIN.matcher(url);
    if (plain.matches()) {
      return new DatabaseSettings("jdbc:postgresql://" + plain.group(1), user, password);
    }
    if (H2.matcher(url).matches()) {
      return new DatabaseSettings(url.contains("MODE=") ? url : url + H2_MODE, user, password);
    }
    if (!POSTGRESQL.matcher(url).matches() || url.contains("@") || url.contains("password=")) {
      reader.problem(
          "DATABASE_URL",
          Printable.address(url),
          "jdbc:postgresql://host:port/database, with user and password in DATABASE_USER and"
              + " DATABASE_PASSWORD");
    }
    return new DatabaseSettings(url, user, password);
  }
}
