package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a user can choose in a dashboard's variables: each variable's own query is asked, with the
 * ones before it chosen.
 */
record Choices(Reader reader, Dashboard dashboard, Range range) {
  private static final int SOME = 3;

  /** A variable's {@code sort}: by what is shown. */
  private static final int ALPHABETICALLY = 1;

  /** "All". */
  Map<String, List<String>> all() throws SQLException {
    return chosen(offered -> offered);
  }

  /** One of each. */
  Map<String, List<String>> first() throws SQLException {
    return chosen(offered -> offered.subList(0, Math.min(1, offered.size())));
  }

  Map<String, List<String>> some() throws SQLException {
    return chosen(offered -> offered.subList(0, Math.min(SOME, offered.size())));
  }

  /** One with a quote in it, and one that is not there any more. */
  Map<String, List<String>> quoted() throws SQLException {
    return chosen(offered -> {
      var quoted = offered.stream().filter(value -> value.contains("'")).findFirst();
      return List.of(quoted.orElse(offered.isEmpty() ? "" : offered.getFirst()), "it's gone");
    });
  }

  private Map<String, List<String>> chosen(UnaryOperator<List<String>> choice) throws SQLException {
    var chosen = new LinkedHashMap<String, List<String>>();
    for (var variable : dashboard.variables()) {
      var name = variable.path("name").asText();
      var offered = offered(variable, chosen);
      var picked = choice.apply(offered);
      var several = variable.path("multi").asBoolean();
      // Where nothing is offered, a single choice is the empty text in Grafana.
      chosen.put(name, several ? picked : List.of(picked.isEmpty() ? "" : picked.getFirst()));
    }
    return chosen;
  }

  private List<String> offered(JsonNode variable, Map<String, List<String>> before)
      throws SQLException {
    return switch (variable.path("type").asText()) {
      case "query" -> {
        var place = "variable " + variable.path("name").asText();
        var query =
            dashboard.queries().stream()
                .filter(each -> each.place().equals(dashboard.uid() + ", " + place))
                .findFirst()
                .orElseThrow();
        var answer = reader.ask(Macros.expand(query.sql(), range, "1m", before));
        var values = new ArrayList<String>();
        for (var row : answer.rows()) {
          values.add(Objects.requireNonNull(row.getFirst(), place + " offers null"));
        }
        if (variable.path("sort").asInt() == ALPHABETICALLY) {
          var texts = answer.columns().getLast().name();
          yield sorted(values, answer.cells(texts));
        }
        yield values;
      }
      case "custom" -> List.of(variable.path("query").asText().split(",", -1));
      case "textbox" -> List.of("", "it's");
      default ->
          throw new IllegalArgumentException("No choices are known for " + variable.path("type"));
    };
  }

  private static List<String> sorted(List<String> values, List<@Nullable String> texts) {
    return IntStream.range(0, values.size())
        .boxed()
        .sorted(Comparator.comparing(i -> String.valueOf(texts.get(i))))
        .map(values::get)
        .toList();
  }
}
