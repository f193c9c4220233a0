package io.muster.control.settings;

import io.muster.protocol.Secret;
import io.muster.settings.SettingsReader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How QuestDB is read.
 *
 * @param address {@code host:port} of its PostgreSQL wire
 * @param user who may do nothing but read; null = nothing is read
 */
public record HistorySettings(String address, @Nullable String user, @Nullable Secret password) {
  private static final String DEFAULT_ADDRESS = "127.0.0.1:8812";
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[0-9A-Za-z._-]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}");

  static HistorySettings read(SettingsReader reader) {
    String address = reader.text("QUESTDB_PG", DEFAULT_ADDRESS, ADDRESS);
    String user = reader.text("QUESTDB_READONLY_USER");
    Secret password = reader.secret("QUESTDB_READONLY_PASSWORD");
    if (password != null && user == null) {
      reader.problem("QUESTDB_READONLY_USER", "nothing", "the user of QUESTDB_READONLY_PASSWORD");
    }
    if (user != null && password == null && !reader.isTold("QUESTDB_READONLY_PASSWORD_FILE")) {
      reader.problem(
          "QUESTDB_READONLY_PASSWORD", "nothing", "the password of QUESTDB_READONLY_USER");
    }
    return new HistorySettings(address, user, password);
  }
}
