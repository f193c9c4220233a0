package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry in two parts: one to show, one to seal.
 *
 * @param settings the entry without secrets
 * @param secrets values by key
 */
public record SplitEntry(ObjectNode settings, Map<String, String> secrets) {
  private static final String PROXY = "proxy";
  private static final Pattern USER_INFO = Pattern.compile("(?s)//.*@");

  public SplitEntry {
    settings = settings.deepCopy();
    secrets = Map.copyOf(secrets);
  }

  /** Splits an entry; empty secrets are none. */
  public static SplitEntry of(ObjectNode entry) {
    ObjectNode settings = entry.deepCopy();
    Map<String, String> secrets = new TreeMap<>();
    for (String key : EntrySchema.published().secrets()) {
      JsonNode value = settings.remove(key);
      if (value == null || value.isNull() || value.asText().isBlank()) {
        continue;
      }
      String shown = withoutUser(key, value.asText());
      if (shown != null) {
        settings.put(key, shown);
      }
      if (!value.asText().equals(shown)) {
        secrets.put(key, value.asText());
      }
    }
    return new SplitEntry(settings, secrets);
  }

  /** A proxy's address may be shown, its user and password may not; null = nothing may. */
  private static @Nullable String withoutUser(String key, String value) {
    return key.equals(PROXY) ? USER_INFO.matcher(value).replaceFirst("//") : null;
  }

  /** The whole entry again. */
  public ObjectNode join() {
    ObjectNode entry = settings.deepCopy();
    secrets.forEach(entry::put);
    return entry;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SplitEntry[settings=" + settings + ", secrets of " + secrets.keySet() + "]";
  }
}
