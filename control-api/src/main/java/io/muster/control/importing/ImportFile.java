package io.muster.control.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.EntryBody;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.InventoryText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file's entries.
 *
 * @param ignoredColumns of a CSV file, that say nothing of a server
 */
record ImportFile(List<ImportRow> rows, List<String> ignoredColumns) {
  /** More than a person looks through in a preview; a program sends several files. */
  static final int MAX_ROWS = 50;

  ImportFile {
    rows = List.copyOf(rows);
    ignoredColumns = List.copyOf(ignoredColumns);
    if (rows.size() > MAX_ROWS) {
      throw ProblemException.invalid(
          "servers", "found %d, expected at most %d in a file".formatted(rows.size(), MAX_ROWS));
    }
  }

  static ImportFile json(byte[] body) {
    InventoryText text = InventoryText.parse(body);
    if (!text.problems().isEmpty()) {
      throw ImportFile.unreadable(text.problems());
    }
    List<ImportRow> rows = new ArrayList<>();
    for (JsonNode node : text.entries()) {
      List<FieldProblem> problems =
          node.isObject()
              ? List.of()
              : List.of(new FieldProblem(null, "something else", "an object, {...}"));
      ObjectNode entry =
          node instanceof ObjectNode object
              ? EntryBody.writable(object)
              : JsonNodeFactory.instance.objectNode();
      rows.add(
          new ImportRow(
              rows.size(), null, shown(entry), entry, problems, UnaryOperator.identity()));
    }
    return new ImportFile(rows, List.of());
  }

  /** The whole file can't be read. */
  static ProblemException unreadable(List<FieldProblem> problems) {
    return ProblemException.invalid(
        problems.stream()
            .map(problem ->
                new io.muster.control.problem.FieldProblem(
                    problem.key() == null ? "" : problem.key(), problem.message()))
            .toList());
  }

  /** A name as people know it, cut where it is none. */
  static String shown(ObjectNode entry) {
    String name = entry.path("name").asText("").replaceAll("\\p{Cntrl}", " ");
    return name.length() > 63 ? name.substring(0, 63) + "…" : name;
  }
}
