package io.muster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.schema.QuestDbExec.RefusedException;
import io.muster.schema.Schema.TableSql;
import io.muster.schema.Schema.ViewSql;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a QuestDB to {@code schema.sql}, whatever it has of it: creates what is missing, adds
 * missing columns and indexes, sets keys and retention, replaces views that changed, seeds the
 * thresholds. Nothing is ever renamed or dropped.
 */
public final class SchemaInstaller {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaInstaller.class);

  /** A log that takes longer has much to apply: the next attempt goes on from there. */
  private static final Duration APPLY_TIMEOUT = Duration.ofSeconds(10);

  private final QuestDbAddress questDb;
  private final Retention retention;
  private final Schema schema = Schema.load();
  private final Thresholds thresholds = Thresholds.load();
  private volatile List<String> problems = List.of();

  public SchemaInstaller(QuestDbAddress questDb, Retention retention) {
    this.questDb = questDb;
    this.retention = retention;
  }

  /**
   * Blocks; does little when all is there.
   *
   * @throws SchemaException when the tables can't be brought to where rows may be written
   */
  public void install() throws SchemaException {
    List<String> found = new ArrayList<>();
    try (QuestDbExec exec = new QuestDbExec(questDb)) {
      for (TableSql table : schema.tables()) {
        exec.run(table.sql());
      }
      Map<String, Map<String, JsonNode>> tables = byName(exec.run("tables()"), "table_name");
      for (TableSql table : schema.tables()) {
        complete(exec, table, tables.getOrDefault(table.name(), Map.of()), found);
      }
      Map<String, Map<String, JsonNode>> views = byName(exec.run("views()"), "view_name");
      for (ViewSql view : schema.views()) {
        if (!isSame(view, views.get(view.name()))) {
          create(exec, view, tables.get(view.name()), found);
        }
      }
      thresholds.seed(exec);
    } catch (IOException | RefusedException e) {
      throw new SchemaException(
          "Cannot apply the schema to QuestDB at " + questDb.url() + ": " + e.getMessage(), e);
    }
    report(found);
  }

  /** Sentences about what does not stop rows: a view that can't be made, a column's other type. */
  public List<String> problems() {
    return problems;
  }

  private void report(List<String> found) {
    if (!found.equals(problems)) {
      found.forEach(problem -> LOG.warn("Schema of QuestDB at {}: {}", questDb.url(), problem));
    }
    problems = List.copyOf(found);
  }

  private void complete(
      QuestDbExec exec, TableSql table, Map<String, JsonNode> state, List<String> found)
      throws IOException, RefusedException {
    boolean added = false;
    Map<String, Map<String, JsonNode>> columns =
        byName(exec.run("table_columns('" + table.name() + "')"), "column");
    for (Map.Entry<String, String> column : table.columns().entrySet()) {
      Map<String, JsonNode> there = columns.get(column.getKey());
      if (there == null) {
        exec.run(
            "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                .formatted(table.name(), column.getKey(), column.getValue()));
        added = true;
        LOG.info("Added column {} to table {}", column.getKey(), table.name());
      } else if (!text(there, "type").equals(column.getValue())) {
        found.add(
            "column %s of table %s is %s, expected %s; rows may be refused"
                .formatted(column.getKey(), table.name(), text(there, "type"), column.getValue()));
      }
    }
    // A new column is there for rows at once, for views only when the write-ahead log is applied.
    if (added && !exec.awaitApplied(table.name(), APPLY_TIMEOUT)) {
      throw new IOException("the new columns of table " + table.name() + " are not applied yet");
    }
    for (Map.Entry<String, String> index : table.indexes().entrySet()) {
      if (!flag(columns.getOrDefault(index.getKey(), Map.of()), "indexed")) {
        exec.run(
            "ALTER TABLE %s ALTER COLUMN %s ADD %s"
                .formatted(table.name(), index.getKey(), index.getValue()));
        LOG.info("Added an index of column {} to table {}", index.getKey(), table.name());
      }
    }
    if (!flag(state, "dedup")) {
      exec.run("ALTER TABLE %s DEDUP ENABLE UPSERT KEYS(%s)".formatted(table.name(), table.keys()));
    }
    if (table.expires()) {
      setTtl(exec, "TABLE", table.name(), retention.rawDays(), state);
    }
  }

  /** To compile the same view again costs QuestDB a tenth of a second and memory that it keeps. */
  private static boolean isSame(ViewSql view, @Nullable Map<String, JsonNode> there) {
    return there != null
        && text(there, "view_status").equals("valid")
        && words(text(there, "view_sql")).equals(words(view.definition()));
  }

  private static String words(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }

  private void create(
      QuestDbExec exec, ViewSql view, @Nullable Map<String, JsonNode> state, List<String> found)
      throws IOException {
    try {
      exec.run(view.sql());
      if (view.materialized()) {
        setRefreshLimit(exec, view.name());
        setTtl(
            exec,
            "MATERIALIZED VIEW",
            view.name(),
            retention.hourlyDays(),
            state == null ? Map.of() : state);
      }
    } catch (RefusedException e) {
      found.add("view " + view.name() + " can't be made: " + e.getMessage());
    }
  }

  private void setRefreshLimit(QuestDbExec exec, String view) throws IOException, RefusedException {
    Map<String, Map<String, JsonNode>> views =
        byName(exec.run("materialized_views()"), "view_name");
    Map<String, JsonNode> state = views.getOrDefault(view, Map.of());
    if (hours(state, "refresh_limit", "refresh_limit_unit") != retention.refreshLimitHours()) {
      exec.run(
          "ALTER MATERIALIZED VIEW %s SET REFRESH LIMIT %d HOURS"
              .formatted(view, retention.refreshLimitHours()));
    }
  }

  private static void setTtl(
      QuestDbExec exec, String kind, String name, int days, Map<String, JsonNode> state)
      throws IOException, RefusedException {
    if (hours(state, "ttlValue", "ttlUnit") != days * 24) {
      exec.run("ALTER %s %s SET TTL %d DAYS".formatted(kind, name, days));
    }
  }

  /** QuestDB gives 7 days back as 1 week; -1 when the unit has no fixed length, or none is set. */
  private static int hours(Map<String, JsonNode> row, String value, String unit) {
    JsonNode cell = row.get(value);
    int number = cell == null ? -1 : cell.asInt();
    return switch (text(row, unit)) {
      case "HOUR" -> number;
      case "DAY" -> number * 24;
      case "WEEK" -> number * 7 * 24;
      default -> -1;
    };
  }

  private static Map<String, Map<String, JsonNode>> byName(
      List<Map<String, JsonNode>> rows, String key) {
    Map<String, Map<String, JsonNode>> byName = new HashMap<>();
    rows.forEach(row -> byName.put(text(row, key), row));
    return byName;
  }

  private static String text(Map<String, JsonNode> row, String column) {
    JsonNode cell = row.get(column);
    return cell == null ? "" : cell.asText();
  }

  private static boolean flag(Map<String, JsonNode> row, String column) {
    JsonNode cell = row.get(column);
    return cell != null && cell.asBoolean();
  }
}
