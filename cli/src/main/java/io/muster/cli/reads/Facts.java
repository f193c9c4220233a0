package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.time.Instant;
import java.util.Locale;

/** Everything that is known of one thing, a line each; units are told by the names. */
final class Facts {
  private Facts() {}

  static Table table(JsonNode thing, Instant now) {
    var table = new Table("", "");
    add(table, thing, now);
    return table;
  }

  private static void add(Table table, JsonNode thing, Instant now) {
    for (var field : thing.properties()) {
      var value = field.getValue();
      if (value.isObject()) {
        add(table, value, now);
      } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
        table.add(name(field.getKey()), text(field.getKey(), value, now));
      }
    }
  }

  /** {@code memoryUsedBytes} is {@code memory used}. */
  private static String name(String key) {
    return key.replaceAll("(Bytes(PerSecond)?|Ratio|(?<!^sample)Seconds)$", "")
        .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
  }

  private static String text(String key, JsonNode value, Instant now) {
    if (key.endsWith("BytesPerSecond")) {
      return Words.bytes(value) + "/s";
    }
    if (key.endsWith("Bytes")) {
      return Words.bytes(value);
    }
    if (key.endsWith("Ratio")) {
      return Words.percent(value);
    }
    if (key.endsWith("Seconds")) {
      return Words.seconds(value);
    }
    return key.endsWith("At")
        ? Words.exactly(value) + " (" + Words.time(value, now) + ")"
        : Words.of(value);
  }
}
