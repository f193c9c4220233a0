package io.muster.control.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.control.problem.ProblemException;
import io.muster.control.tables.QuestDbWriter;
import io.muster.schema.Thresholds;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits in QuestDB's {@code alert_thresholds}, of all tenants. Nothing is deleted there: the
 * newest row counts, and one without values takes back what was set.
 */
@Singleton
final class LimitStore {
  private static final String TABLE = "alert_thresholds";
  private static final Logger LOG = LoggerFactory.getLogger(LimitStore.class);

  private final QuestDbWriter questDb;

  LimitStore(QuestDbWriter questDb) {
    this.questDb = questDb;
  }

  /**
   * What counts now; the rules' own are among them, once QuestDB has its tables.
   *
   * @throws ProblemException 503 when QuestDB is away
   */
  Map<Limit.Key, Limit> all() {
    Map<Limit.Key, Limit> limits = new LinkedHashMap<>();
    for (Map<String, JsonNode> row :
        questDb.read(
            "read the limits of alerts",
            "SELECT ts, rule, server_id, tag, limit_value, enabled FROM "
                + TABLE
                + " LATEST ON ts PARTITION BY rule, server_id, tag")) {
      limit(row).ifPresent(limit -> limits.put(limit.key(), limit));
    }
    return limits;
  }

  void set(Limit.Key key, double value, boolean enabled) {
    insert("set a limit of alerts", key, String.valueOf(value), enabled ? "1" : "0");
  }

  void takeBack(Limit.Key key) {
    insert("take back a limit of alerts", key, "null", "null");
  }

  private void insert(String doing, Limit.Key key, String value, String enabled) {
    UUID server = key.server();
    questDb.insert(
        doing,
        TABLE,
        "INSERT INTO %s (ts, rule, server_id, tag, limit_value, enabled) VALUES (now(), %s, %s, %s, %s, %s)"
            .formatted(
                TABLE,
                text(key.rule()),
                text(server == null ? null : server.toString()),
                text(key.tag()),
                value,
                enabled));
  }

  private static String text(@Nullable String value) {
    return value == null ? "null" : "'" + value.replace("'", "''") + "'";
  }

  /** Empty: taken back, or a row by hand for something that is no server of ours. */
  private static Optional<Limit> limit(Map<String, JsonNode> row) {
    JsonNode value = cell(row, "limit_value");
    JsonNode enabled = cell(row, "enabled");
    if (!value.isNumber() && !enabled.isNumber()) {
      return Optional.empty();
    }
    try {
      String server = textOf(cell(row, "server_id"));
      Instant ts = Instant.parse(cell(row, "ts").asText());
      return Optional.of(
          new Limit(
              new Limit.Key(
                  cell(row, "rule").asText(),
                  server == null ? null : UUID.fromString(server),
                  textOf(cell(row, "tag"))),
              value.isNumber() ? Double.valueOf(value.asDouble()) : null,
              !enabled.isNumber() || enabled.asInt() == 1,
              ts.equals(Thresholds.SEEDED_AT) ? null : ts));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      LOG.debug("A limit that nobody can mean: {}", row, e);
      return Optional.empty();
    }
  }

  private static @Nullable String textOf(JsonNode cell) {
    return cell.isTextual() ? cell.asText() : null;
  }

  private static JsonNode cell(Map<String, JsonNode> row, String column) {
    return row.getOrDefault(column, MissingNode.getInstance());
  }
}
