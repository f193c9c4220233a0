package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.text.Table;
import io.muster.cli.verb.Words;
import java.util.List;

/** What an import did, or would do. */
record ImportAnswer(JsonNode answer) {
  static ImportAnswer of(JsonNode answer) {
    return new ImportAnswer(answer);
  }

  int failures() {
    return answer.path("failed").size();
  }

  /** How many servers it adds or changes. */
  int changes() {
    return answer.path("created").asInt() + answer.path("updated").asInt();
  }

  /** The good rows with their certificates, then the bad ones with what is wrong with them. */
  Table table() {
    var table = new Table("LINE", "NAME", "PROVIDER", "WHAT", "CERTIFICATE");
    for (var server : answer.path("servers")) {
      table.add(
          Words.of(server.path("line")),
          Words.of(server.path("name")),
          Words.of(server.path("provider")),
          Words.of(server.path("outcome")),
          trust(server.path("certificate")));
      server.path("certificates").forEach(certificate -> note(table, certificate));
      if (server.hasNonNull("certificateError")) {
        table.note(server.path("certificateError").asText());
      }
    }
    for (var failure : answer.path("failed")) {
      var name = failure.path("name").asText("");
      table.add(
          Words.of(failure.path("line")), name.isEmpty() ? Words.UNKNOWN : name, "", "ERROR", "");
      for (var problem : problems(failure)) {
        table.note(problem);
      }
    }
    return table;
  }

  /** The SHA-256 of all certificates, in 64 digits each: an address holds a hundred of them. */
  List<String> shownCertificates() {
    return answer
        .path("servers")
        .valueStream()
        .flatMap(server -> server.path("certificates").valueStream())
        .map(certificate -> certificate.path("sha256").asText("").replace(":", ""))
        .distinct()
        .toList();
  }

  /** {@code To do: 47 added, 3 wrong.} */
  String plan() {
    return "To do: " + counts();
  }

  /** {@code Done: 47 added, 3 wrong.} */
  String result() {
    return "Done: " + counts();
  }

  /** Columns of the file that nobody reads; empty when there are none. */
  String ignored() {
    return answer.path("ignoredColumns").isEmpty()
        ? ""
        : "Ignored columns: " + Words.of(answer.path("ignoredColumns")) + ".";
  }

  private static List<String> problems(JsonNode failure) {
    var errors = failure.path("errors");
    return errors.size() < 2
        ? List.of(sentence(failure.path("field").asText(""), failure.path("error").asText()))
        : errors
            .valueStream()
            .map(one -> sentence(one.path("field").asText(""), one.path("message").asText()))
            .toList();
  }

  private static String sentence(String field, String problem) {
    return field.isEmpty() || problem.startsWith(field) ? problem : field + ": " + problem;
  }

  private String counts() {
    return "%d added, %d changed, %d unchanged, %d wrong."
        .formatted(
            answer.path("created").asInt(),
            answer.path("updated").asInt(),
            answer.path("unchanged").asInt(),
            failures());
  }

  private static String trust(JsonNode certificate) {
    if (!certificate.isObject()) {
      return Words.UNKNOWN;
    }
    return certificate.path("trusted").asBoolean() ? "trusted" : "NOT TRUSTED";
  }

  /** What is trusted needs no looking at. */
  private static void note(Table table, JsonNode certificate) {
    if (certificate.isObject() && !certificate.path("trusted").asBoolean()) {
      table.note(
          "issued by %s, until %s"
              .formatted(
                  certificate.path("issuer").asText(),
                  Words.exactly(certificate.path("notAfter"))));
      table.note("SHA-256 " + certificate.path("sha256").asText());
    }
  }
}
