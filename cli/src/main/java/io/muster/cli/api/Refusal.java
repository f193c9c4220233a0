package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code application/problem+json} answer.
 *
 * @param code the API's word for it, empty when there is none
 * @param said its sentence
 */
record Refusal(int status, String code, String said, List<Field> fields) {
  Refusal {
    fields = List.copyOf(fields);
  }

  /** What is wrong with a field; the name is empty when it is about the whole. */
  record Field(String name, String problem) {}

  static Refusal read(int status, JsonNode problem) {
    var fields = new ArrayList<Field>();
    for (var error : problem.path("errors")) {
      fields.add(new Field(error.path("field").asText(""), error.path("message").asText("")));
    }
    var said = problem.path("detail").asText(problem.path("title").asText(""));
    return new Refusal(
        status,
        problem.path("code").asText(""),
        said.isBlank() ? "The control API answered " + status + "." : said,
        fields);
  }

  String text() {
    var text = new StringBuilder(said);
    if (!code.isEmpty()) {
      text.append(" (").append(code).append(')');
    }
    // With one field, the sentence is about it already.
    if (fields.size() > 1 || (fields.size() == 1 && !said.contains(fields.getFirst().problem()))) {
      fields.forEach(field -> text.append("\n  ").append(sentence(field)));
    }
    return text.toString();
  }

  private static String sentence(Field field) {
    return field.name().isEmpty() ? field.problem() : field.name() + ": " + field.problem();
  }
}
