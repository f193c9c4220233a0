package io.muster.agent.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code schema.sql}, read.
 *
 * @param tables in the file's order
 * @param views statements that create or replace a view, and materialized views
 */
record Schema(List<TableSql> tables, List<ViewSql> views) {
  private static final Pattern COMMENT = Pattern.compile("--.*");
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS (\\w+) \\((.*)\\) TIMESTAMP\\(ts\\)(.*)"
              + "DEDUP UPSERT KEYS\\(([^)]*)\\)",
          Pattern.DOTALL);
  private static final Pattern VIEW =
      Pattern.compile("CREATE (?:OR REPLACE VIEW|(MATERIALIZED) VIEW IF NOT EXISTS) (\\w+) ");

  public Schema {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }

  /**
   * @param columns name to type, {@code ts} first
   * @param keys as in {@code DEDUP UPSERT KEYS}
   * @param expires has a time to live
   */
  record TableSql(
      String name, String sql, Map<String, String> columns, String keys, boolean expires) {}

  record ViewSql(String name, String sql, boolean materialized) {}

  /** The schema that is part of this program. */
  static Schema load() {
    try (InputStream in = Schema.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("schema.sql is missing in this program");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read schema.sql of this program", e);
    }
  }

  static Schema parse(String text) {
    List<TableSql> tables = new ArrayList<>();
    List<ViewSql> views = new ArrayList<>();
    for (String statement : COMMENT.matcher(text).replaceAll("").split(";", -1)) {
      String sql = statement.strip();
      Matcher table = TABLE.matcher(sql);
      Matcher view = VIEW.matcher(sql);
      if (table.matches()) {
        tables.add(
            new TableSql(
                table.group(1),
                sql,
                columns(table.group(2)),
                table.group(4),
                table.group(3).contains(" TTL ")));
      } else if (view.lookingAt()) {
        views.add(new ViewSql(view.group(2), sql, view.group(1) != null));
      } else if (!sql.isEmpty()) {
        throw new IllegalStateException("schema.sql holds what is no table and no view: " + sql);
      }
    }
    return new Schema(tables, views);
  }

  private static Map<String, String> columns(String list) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String definition : list.split(",", -1)) {
      String[] nameAndType = definition.strip().split(" ", 2);
      columns.put(nameAndType[0], nameAndType[1].strip());
    }
    return columns;
  }
}
