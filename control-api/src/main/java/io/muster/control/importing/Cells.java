package io.muster.control.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists in a cell, and cells that a spreadsheet must not take for a formula. */
final class Cells {
  private static final String SEPARATOR = ";";

  /** What begins a formula, some of it in East Asian versions alone. */
  private static final String STARTS = "=+\\-@\\t\\r\\n＝＋－＠";

  private static final Pattern FORMULA = Pattern.compile("(?s)'*[" + STARTS + "].*");
  private static final Pattern QUOTED_FORMULA = Pattern.compile("(?s)'+[" + STARTS + "].*");

  private Cells() {}

  /**
   * The texts of a cell: with semicolons between them, else with commas. A single text that holds a
   * comma ends with a semicolon.
   */
  static List<String> list(String cell) {
    return Arrays.stream(cell.split(cell.contains(SEPARATOR) ? SEPARATOR : ",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Cells::unguarded)
        .toList();
  }

  /**
   * A value as {@link #list} reads it again. Each text of a list is guarded: where semicolons
   * separate columns, each becomes a cell of its own.
   */
  static String text(JsonNode value) {
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(text -> texts.add(guarded(text.asText())));
      String joined = String.join(SEPARATOR, texts);
      return texts.size() == 1 && joined.contains(",") ? joined + SEPARATOR : joined;
    }
    if (value.isObject()) {
      return value.properties().stream()
          .map(member -> guarded(member.getKey() + "=" + member.getValue().asText()))
          .collect(Collectors.joining(SEPARATOR));
    }
    return guarded(value.asText());
  }

  /** Puts a quote before what a spreadsheet would run as a formula. */
  static String guarded(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /** Takes the quote of {@link #guarded} away again. */
  static String unguarded(String cell) {
    return QUOTED_FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
