package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.time.Instant;
import java.util.List;

/** Servers as tables. */
public final class Servers {
  private static final String ROUTE = "/servers";

  private Servers() {}

  public static Call all() {
    return Call.get(ROUTE);
  }

  public static String path(String nameOrId) {
    return ROUTE + "/" + Call.named(nameOrId);
  }

  /** A line each; below those that are not well, why. */
  public static Table table(Iterable<JsonNode> servers, Instant now) {
    var table =
        new Table("NAME", "SITE", "PROVIDER", "STATUS", "NODES", "ANSWERS", "24 H", "CHECKED");
    for (var server : servers) {
      table.add(
          Words.of(server.path("name")),
          Words.of(server.path("site")),
          Words.of(server.path("provider")),
          status(server),
          Words.of(server.path("nodeCount")),
          Words.amount(server.path("avgResponseTimeMs"), " ms"),
          Words.amount(server.path("successRate"), " %"),
          Words.time(server.path("lastHealthCheckAt"), now));
      if (server.hasNonNull("healthCheckError")) {
        table.note(server.path("healthCheckError").asText());
      }
    }
    return table;
  }

  /** Everything that is known of one. */
  static Table facts(JsonNode server, Instant now) {
    var table = new Table("", "");
    for (var field : server.properties()) {
      var value = field.getValue();
      if (!value.isNull()) {
        table.add(field.getKey(), isTime(field.getKey()) ? time(value, now) : onOneLine(value));
      }
    }
    return table;
  }

  public static String status(JsonNode server) {
    if (!server.path("enabled").asBoolean(true)) {
      return "disabled";
    }
    return inMaintenance(server) ? "maintenance" : Words.of(server.path("connectionStatus"));
  }

  private static boolean inMaintenance(JsonNode server) {
    return server.path("maintenance").valueStream().anyMatch(one -> !one.hasNonNull("node"));
  }

  /** Certificates and the like are for {@code --json}. */
  private static String onOneLine(JsonNode value) {
    var text = Words.of(value);
    var end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end) + " …";
  }

  private static boolean isTime(String key) {
    return key.endsWith("At") || List.of("until", "notAfter").contains(key);
  }

  private static String time(JsonNode value, Instant now) {
    return Words.exactly(value) + " (" + Words.time(value, now) + ")";
  }
}
