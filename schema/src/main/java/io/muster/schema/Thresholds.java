package io.muster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.schema.QuestDbExec.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits that alert rules start with: {@code provisioning/thresholds.csv} into {@code
 * alert_thresholds}. A row that a user sets is newer, so it wins, and stays.
 */
public record Thresholds(List<Threshold> rows) {
  private static final String HEADER = "rule,limit_value,enabled,unit,fires_when";

  /** Older than whatever a user sets, and always the same: seeding twice is seeding once. */
  public static final Instant SEEDED_AT = Instant.parse("2000-01-01T00:00:00Z");

  public Thresholds {
    rows = List.copyOf(rows);
  }

  /**
   * A rule and the limit that it starts with.
   *
   * @param enabled 1 = yes, 0 = no
   * @param unit of the limit
   * @param firesWhen in words
   */
  public record Threshold(String rule, double limit, int enabled, String unit, String firesWhen) {
    private boolean isAsIn(@Nullable Seeded seeded) {
      return seeded != null && seeded.limit == limit && seeded.enabled == enabled;
    }
  }

  private record Seeded(double limit, int enabled) {}

  /** The ones that are part of this program. */
  public static Thresholds load() {
    return parse(Schema.resource("thresholds.csv"));
  }

  static Thresholds parse(String csv) {
    List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
    if (!lines.getFirst().equals(HEADER)) {
      throw new IllegalStateException("thresholds.csv must begin with " + HEADER);
    }
    List<Threshold> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", 5);
      try {
        rows.add(
            new Threshold(
                cells[0],
                Double.parseDouble(cells[1]),
                Integer.parseInt(cells[2]),
                cells[3],
                cells[4]));
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new IllegalStateException("thresholds.csv has a line that is none: " + line, e);
      }
    }
    return new Thresholds(rows);
  }

  /** Writes what is missing or was changed by a newer release; nothing when all is there. */
  void seed(QuestDbExec exec) throws IOException, RefusedException {
    Map<String, Seeded> there = new HashMap<>();
    for (Map<String, JsonNode> row :
        exec.run(
            "SELECT rule, limit_value, enabled FROM alert_thresholds WHERE ts = '"
                + SEEDED_AT
                + "' AND server_id IS NULL AND tag IS NULL")) {
      there.put(
          cell(row, "rule").asText(),
          new Seeded(cell(row, "limit_value").asDouble(), cell(row, "enabled").asInt()));
    }
    List<Threshold> missing =
        rows.stream().filter(row -> !row.isAsIn(there.get(row.rule()))).toList();
    if (!missing.isEmpty()) {
      exec.run(
          "INSERT INTO alert_thresholds (ts, rule, limit_value, enabled) VALUES "
              + missing.stream().map(Thresholds::values).collect(Collectors.joining(", ")));
    }
  }

  private static JsonNode cell(Map<String, JsonNode> row, String column) {
    JsonNode cell = row.get(column);
    if (cell == null) {
      throw new IllegalStateException("alert_thresholds has no column " + column);
    }
    return cell;
  }

  private static String values(Threshold row) {
    return "('%s', '%s', %s, %d)".formatted(SEEDED_AT, row.rule(), row.limit(), row.enabled());
  }
}
