package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.util.stream.Collectors;

/** How many there are of everything, and how they are: {@code GET /status}. */
public final class Counts {
  private static final String TOTAL = "total";

  private static final String ERROR = "error";

  private Counts() {}

  /** Why something is missing; empty when nothing is. */
  static String error(JsonNode status) {
    return status.path(ERROR).asText("");
  }

  static Table table(JsonNode status) {
    var table = new Table("", "", "");
    for (var kind : status.properties()) {
      if (!kind.getKey().equals(ERROR)) {
        table.add(kind.getKey(), Words.number(kind.getValue().path(TOTAL)), parts(kind.getValue()));
      }
    }
    return table;
  }

  /** One line; without what is not known. */
  public static String sentence(JsonNode status) {
    return status.properties().stream()
        .filter(kind -> kind.getValue().isObject())
        .map(kind -> Words.number(kind.getValue().path(TOTAL)) + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String parts(JsonNode counts) {
    return counts.properties().stream()
        .filter(part -> !part.getKey().equals(TOTAL) && part.getValue().asLong() > 0)
        .map(part -> Words.number(part.getValue()) + " " + part.getKey())
        .collect(Collectors.joining(", "));
  }
}
