package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file of {@code grafana/}. */
record Dashboard(Path file, JsonNode tree) {
  String uid() {
    return tree.path("uid").asText();
  }

  /** Every panel and row, those within collapsed rows too. */
  List<JsonNode> panels() {
    return stream(tree.path("panels"))
        .flatMap(panel -> Stream.concat(Stream.of(panel), stream(panel.path("panels"))))
        .toList();
  }

  List<JsonNode> variables() {
    return stream(tree.path("templating").path("list")).toList();
  }

  List<JsonNode> annotations() {
    return stream(tree.path("annotations").path("list")).toList();
  }

  /** Every SQL text in it. */
  List<Query> queries() {
    var queries = new ArrayList<Query>();
    for (var variable : variables()) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(
            new Query(
                Query.Of.VARIABLE,
                place("variable " + variable.path("name").asText()),
                "table",
                sql(variable.path("query")),
                variable));
      }
    }
    for (var annotation : annotations()) {
      if (annotation.has("target") && annotation.path("target").has("rawSql")) {
        queries.add(
            query(
                Query.Of.ANNOTATION,
                "annotation " + annotation.path("name").asText(),
                annotation.path("target"),
                annotation));
      }
    }
    for (var panel : panels()) {
      for (var target : panel.path("targets")) {
        var name =
            "panel %d \"%s\" %s"
                .formatted(
                    panel.path("id").asInt(),
                    panel.path("title").asText(),
                    target.path("refId").asText());
        queries.add(query(Query.Of.PANEL, name, target, panel));
      }
    }
    return queries;
  }

  /** The SQL text {@code refId} of the panel with that title. */
  Query query(String panel, String refId) {
    return queries().stream()
        .filter(query -> query.of() == Query.Of.PANEL)
        .filter(query -> query.owner().path("title").asText().equals(panel))
        .filter(query -> query.place().endsWith(" " + refId))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no panel \"%s\" with a query %s".formatted(uid(), panel, refId)));
  }

  @Override
  public String toString() {
    return uid();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return array.valueStream();
  }

  private Query query(Query.Of of, String name, JsonNode target, JsonNode owner) {
    return new Query(
        of, place(name), target.path("format").asText(), target.path("rawSql").asText(), owner);
  }

  /** A variable's query is its text, or an object around it. */
  private static String sql(JsonNode query) {
    return query.isTextual() ? query.asText() : query.path("rawSql").asText();
  }

  private String place(String name) {
    return uid() + ", " + name;
  }
}
