package io.muster.agent.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of {@code schema.sql} and how a {@code T} becomes a row of it.
 *
 * @param <T> what a row is made from
 */
final class Table<T> {
  /** Longest text of a cell, in characters: a platform's whole error page tells no more. */
  static final int MAX_TEXT_CHARS = 4_000;

  private final String name;
  private final List<Column<T>> columns;

  private Table(String name, List<Column<T>> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  String name() {
    return name;
  }

  /** Without {@code ts}; symbols first, as the line protocol wants them. */
  List<Column<T>> columns() {
    return columns;
  }

  void write(@Nullable Origin origin, T value, Cells cells) {
    for (Column<T> column : columns) {
      column.cell().write(origin, value, cells);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** As QuestDB names them. */
  enum Type {
    SYMBOL,
    VARCHAR,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP
  }

  record Column<T>(String name, Type type, Cell<T> cell) {}

  /** Writes one cell, or nothing when it is null. */
  @FunctionalInterface
  interface Cell<T> {
    void write(@Nullable Origin origin, T value, Cells cells);
  }

  /** A table whose rows belong to a server. */
  static <T> Builder<T> ofServer(String name) {
    return new Builder<T>(name)
        .identity("site", Origin::site)
        .identity("provider", origin -> origin.provider().label())
        .identity("server_id", origin -> origin.serverId().toString())
        .identity("server", Origin::serverName);
  }

  /** A table without a server. */
  static <T> Builder<T> ofAgent(String name) {
    return new Builder<>(name);
  }

  static final class Builder<T> {
    private final String name;
    private final List<Column<T>> symbols = new ArrayList<>();
    private final List<Column<T>> others = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    private Builder<T> identity(String column, Function<Origin, String> of) {
      symbols.add(
          new Column<>(
              column,
              Type.SYMBOL,
              (origin, value, cells) -> {
                if (origin != null) {
                  cells.symbol(column, of.apply(origin));
                }
              }));
      return this;
    }

    Builder<T> symbol(String column, Function<T, @Nullable String> of) {
      symbols.add(
          new Column<>(
              column,
              Type.SYMBOL,
              (origin, value, cells) -> {
                String symbol = of.apply(value);
                if (symbol != null) {
                  cells.symbol(column, clip(symbol));
                }
              }));
      return this;
    }

    Builder<T> text(String column, Function<T, @Nullable String> of) {
      others.add(
          new Column<>(
              column,
              Type.VARCHAR,
              (origin, value, cells) -> {
                String text = of.apply(value);
                if (text != null) {
                  cells.text(column, clip(text));
                }
              }));
      return this;
    }

    /** {@code ;a;b;}, so that {@code LIKE '%;a;%'} finds an element; an empty list is ''. */
    Builder<T> list(String column, Function<T, @Nullable List<String>> of) {
      return text(
          column,
          value -> {
            List<String> list = of.apply(value);
            return list == null ? null : join(list);
          });
    }

    Builder<T> integer(String column, Function<T, @Nullable Integer> of) {
      return number(column, Type.INT, value -> widen(of.apply(value)));
    }

    Builder<T> whole(String column, Function<T, @Nullable Long> of) {
      return number(column, Type.LONG, of);
    }

    private Builder<T> number(String column, Type type, Function<T, @Nullable Long> of) {
      others.add(
          new Column<>(
              column,
              type,
              (origin, value, cells) -> {
                Long number = of.apply(value);
                if (number != null) {
                  cells.whole(column, number);
                }
              }));
      return this;
    }

    /** What is not finite is not known. */
    Builder<T> real(String column, Function<T, @Nullable Double> of) {
      others.add(
          new Column<>(
              column,
              Type.DOUBLE,
              (origin, value, cells) -> {
                Double real = of.apply(value);
                if (real != null && Double.isFinite(real)) {
                  cells.real(column, real);
                }
              }));
      return this;
    }

    Builder<T> truth(String column, Function<T, Boolean> of) {
      others.add(
          new Column<>(
              column,
              Type.BOOLEAN,
              (origin, value, cells) -> cells.truth(column, of.apply(value))));
      return this;
    }

    Builder<T> time(String column, Function<T, @Nullable Instant> of) {
      others.add(
          new Column<>(
              column,
              Type.TIMESTAMP,
              (origin, value, cells) -> {
                Instant time = of.apply(value);
                if (time != null) {
                  cells.time(column, time);
                }
              }));
      return this;
    }

    Table<T> build() {
      List<Column<T>> all = new ArrayList<>(symbols);
      all.addAll(others);
      return new Table<>(name, all);
    }

    private static @Nullable Long widen(@Nullable Integer value) {
      return value == null ? null : Long.valueOf(value);
    }

    private static String join(List<String> list) {
      StringBuilder joined = new StringBuilder();
      for (String element : list) {
        joined.append(';').append(element.replace(';', ','));
      }
      return list.isEmpty() ? "" : joined.append(';').toString();
    }

    private static String clip(String text) {
      if (text.length() <= MAX_TEXT_CHARS) {
        return text;
      }
      int end =
          Character.isHighSurrogate(text.charAt(MAX_TEXT_CHARS - 1))
              ? MAX_TEXT_CHARS - 1
              : MAX_TEXT_CHARS;
      return text.substring(0, end);
    }
  }
}
