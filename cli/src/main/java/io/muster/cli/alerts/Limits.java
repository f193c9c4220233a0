package io.muster.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Limits as routes and as tables. */
final class Limits {
  static final String ROUTE = "/alerts/thresholds";

  private Limits() {}

  static String path(String rule) {
    return ROUTE + "/" + Call.part(rule);
  }

  /** A server in a query. */
  static @Nullable String reference(@Nullable String nameOrId) {
    if (nameOrId == null) {
      return null;
    }
    try {
      return UUID.fromString(nameOrId).toString();
    } catch (IllegalArgumentException isAName) {
      return nameOrId.startsWith("name:") ? nameOrId : "name:" + nameOrId;
    }
  }

  /** {@code server pve-1, tag prod}; what is for all is a dash. */
  static String whose(@Nullable String server, @Nullable String tag) {
    var ofServer = server == null ? "" : "server " + server;
    var ofTag = tag == null ? "" : "tag " + tag;
    var both = ofServer + (ofServer.isEmpty() || ofTag.isEmpty() ? "" : ", ") + ofTag;
    return both.isEmpty() ? Words.UNKNOWN : both;
  }

  static Table table(Iterable<JsonNode> limits, Instant now) {
    var table = new Table("RULE", "OF", "LIMIT", "UNIT", "SET");
    for (var limit : limits) {
      table.add(
          limit.path("rule").asText(),
          whose(limit.path("server").asText(null), limit.path("tag").asText(null)),
          amount(limit),
          limit.path("unit").asText(),
          Words.time(limit.path("setAt"), now));
    }
    return table;
  }

  /** Whole numbers without a point, large ones without an exponent. */
  static String amount(JsonNode limit) {
    if (!limit.path("enabled").asBoolean(true)) {
      return "off";
    }
    var value = limit.path("limit");
    return value.isNumber()
        ? new BigDecimal(value.asText()).stripTrailingZeros().toPlainString()
        : Words.UNKNOWN;
  }
}
