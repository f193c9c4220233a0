package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Failed attempts of a history: those in a row that failed alike are one trouble. */
final class Troubles {
  private Troubles() {}

  /** Attempts in a row, by their times. */
  record Trouble(JsonNode first, JsonNode last, int attempts, String error) {
    private Trouble andThen(JsonNode attempt) {
      return new Trouble(first, attempt.path("time"), attempts + 1, error);
    }
  }

  /** In the order of time, whatever the order of {@code attempts}. */
  static List<Trouble> of(JsonNode attempts) {
    var troubles = new ArrayList<Trouble>();
    var goesOn = false;
    for (var attempt :
        attempts
            .valueStream()
            .sorted(Comparator.comparing(one -> Instant.parse(one.path("time").asText())))
            .toList()) {
      if (attempt.path("success").asBoolean()) {
        goesOn = false;
        continue;
      }
      var error = attempt.path("errorMessage").asText("");
      if (goesOn && troubles.getLast().error().equals(error)) {
        troubles.add(troubles.removeLast().andThen(attempt));
      } else {
        troubles.add(new Trouble(attempt.path("time"), attempt.path("time"), 1, error));
      }
      goesOn = true;
    }
    return troubles;
  }

  static Table table(List<Trouble> troubles) {
    var table = new Table("FAILED SINCE (UTC)", "UNTIL", "ATTEMPTS");
    for (var trouble : troubles) {
      table.add(
          Words.exactly(trouble.first()),
          Words.exactly(trouble.last()),
          Words.number(trouble.attempts()));
      table.note(trouble.error());
    }
    return table;
  }
}
