package io.muster.control.importing;

import io.muster.protocol.inventory.EntrySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one table of CSV columns: which key of an entry each stands for, and back. */
final class Columns {
  /** Holds {@code user@realm!tokenid=uuid}, or a service account's token. */
  static final String API_TOKEN = "api_token";

  static final String ACTION_TOKEN = "action_token";

  /** What everybody has to give; the rest depends on the platform. */
  static final String NAME = "name";

  /** Shown first, in the order that files have had since before there were other platforms. */
  static final List<String> FIRST =
      List.of(NAME, "host", "port", API_TOKEN, "verify_ssl", "site", "provider", "route", "tags");

  /** Columns that are not their key in snake case. */
  private static final Map<String, String> OWN_NAMES =
      Map.of("verify_ssl", "verifyTls", "fingerprint", "fingerprints");

  private static final Map<String, String> COLUMNS = columns();

  private Columns() {}

  private static Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    EntrySchema.published().keys().forEach(key -> columns.put(snake(key), key));
    columns.putAll(OWN_NAMES);
    return columns;
  }

  /** Every column's name. */
  static List<String> all() {
    List<String> all = new ArrayList<>(COLUMNS.keySet());
    all.add(API_TOKEN);
    all.add(ACTION_TOKEN);
    return all;
  }

  /** The column that a header means, whatever its case and signs; null = none. */
  static @Nullable String named(String header) {
    String plain = plain(header);
    return all().stream().filter(column -> plain(column).equals(plain)).findFirst().orElse(null);
  }

  private static String plain(String name) {
    return name.strip().replaceAll("[_ -]", "").toLowerCase(Locale.ROOT);
  }

  /** The key that a column's value goes to; null for the tokens, which hold two. */
  static @Nullable String key(String column) {
    return COLUMNS.get(column);
  }

  /** The column to show a key's value in. */
  static String of(String key) {
    for (Map.Entry<String, String> own : OWN_NAMES.entrySet()) {
      if (own.getValue().equals(key)) {
        return own.getKey();
      }
    }
    return snake(key);
  }

  private static String snake(String key) {
    return key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
