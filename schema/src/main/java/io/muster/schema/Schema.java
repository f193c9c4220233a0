package io.muster.schema;

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
 * {@code schema.sql} and, after it, {@code alerts.sql}, read.
 *
 * @param tables in the file's order
 * @param views statements that create or replace a view, and materialized views
 */
public record Schema(List<TableSql> tables, List<ViewSql> views) {
  private static final Pattern COMMENT = Pattern.compile("--.*");
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS (\\w+) \\((.*)\\) TIMESTAMP\\(ts\\)(.*)"
              + "DEDUP UPSERT KEYS\\(([^)]*)\\)",
          Pattern.DOTALL);
  private static final Pattern VIEW =
      Pattern.compile(
          "CREATE (?:OR REPLACE VIEW|(MATERIALIZED) VIEW IF NOT EXISTS) (\\w+) .*?AS \\((.*)\\).*?",
          Pattern.DOTALL);

  /** A statement ends with its line: lists in texts hold semicolons too. */
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \\t]*(?:\\R|\\z)");

  public Schema {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }

  /**
   * A table as the file has it.
   *
   * @param columns name to type, {@code ts} first
   * @param indexes name of a column to {@code INDEX CAPACITY n}
   * @param keys as in {@code DEDUP UPSERT KEYS}
   * @param expires has a time to live
   */
  public record TableSql(
      String name,
      String sql,
      Map<String, String> columns,
      Map<String, String> indexes,
      String keys,
      boolean expires) {}

  /**
   * A view as the file has it.
   *
   * @param definition the query alone, as QuestDB gives it back but for white space
   */
  public record ViewSql(String name, String sql, String definition, boolean materialized) {}

  /** The schema that is part of this program. */
  public static Schema load() {
    return parse(resource("schema.sql") + resource("alerts.sql"));
  }

  /** A file beside this class. */
  static String resource(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " of this program", e);
    }
  }

  static Schema parse(String text) {
    List<TableSql> tables = new ArrayList<>();
    List<ViewSql> views = new ArrayList<>();
    for (String statement : END_OF_STATEMENT.split(COMMENT.matcher(text).replaceAll(""), -1)) {
      String sql = statement.strip();
      Matcher table = TABLE.matcher(sql);
      Matcher view = VIEW.matcher(sql);
      if (table.matches()) {
        tables.add(table(table, sql));
      } else if (view.matches()) {
        views.add(new ViewSql(view.group(2), sql, view.group(3), view.group(1) != null));
      } else if (!sql.isEmpty()) {
        throw new IllegalStateException("schema.sql holds what is no table and no view: " + sql);
      }
    }
    return new Schema(tables, views);
  }

  private static TableSql table(Matcher table, String sql) {
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, String> indexes = new LinkedHashMap<>();
    for (String definition : table.group(2).split(",", -1)) {
      String[] nameTypeAndIndex = definition.strip().split(" ", 3);
      columns.put(nameTypeAndIndex[0], nameTypeAndIndex[1]);
      if (nameTypeAndIndex.length > 2) {
        indexes.put(nameTypeAndIndex[0], nameTypeAndIndex[2].strip());
      }
    }
    boolean expires = table.group(3).contains(" TTL ");
    return new TableSql(table.group(1), sql, columns, indexes, table.group(4), expires);
  }
}
