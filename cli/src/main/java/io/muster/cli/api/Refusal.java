package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code application/problem+json} answer.
 *
 * @param code the API's word for it, empty when there is none
 * @param said its sentence
 * @param fields what is wrong with which field
 */
record Refusal(int status, String code, String said, List<String> fields) {
  Refusal {
    fields = List.copyOf(fields);
  }

  static Refusal read(int status, JsonNode problem) {
    var fields = new ArrayList<String>();
    for (var error : problem.path("errors")) {
      var field = error.path("field").asText("");
      var what = error.path("message").asText(error.path("error").asText(""));
      fields.add(field.isEmpty() ? what : field + ": " + what);
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
    fields.forEach(field -> text.append("\n  ").append(field));
    return text.toString();
  }
}
