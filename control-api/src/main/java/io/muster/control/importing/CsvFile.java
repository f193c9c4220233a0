package io.muster.control.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import io.muster.protocol.inventory.FieldProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The entries of a CSV file: its header decides which cell is which. */
final class CsvFile {
  private final CsvTable table;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> ignored = new ArrayList<>();

  private CsvFile(CsvTable table) {
    this.table = table;
  }

  static ImportFile read(byte[] body) {
    return new CsvFile(CsvTable.parse(FileText.of(body))).entries();
  }

  private ImportFile entries() {
    checkHeader();
    List<ImportRow> rows = new ArrayList<>();
    for (CsvTable.Row row : table.rows()) {
      rows.add(new CsvEntry(row, places).row(rows.size()));
    }
    CsvTable.Row broken = table.broken();
    if (broken != null) {
      rows.add(brokenRow(rows.size(), broken));
    }
    return new ImportFile(rows, ignored);
  }

  private void checkHeader() {
    List<FieldProblem> problems = new ArrayList<>();
    List<String> header = table.header();
    for (int i = 0; i < header.size(); i++) {
      String column = Columns.named(header.get(i));
      if (column != null) {
        if (places.putIfAbsent(column, i) != null) {
          problems.add(new FieldProblem(column, "this column twice", "it once"));
        }
      } else if (!header.get(i).isBlank()) {
        tellUnknown(header.get(i), problems);
      }
    }
    if (!places.containsKey(Columns.NAME)) {
      problems.add(
          new FieldProblem(
              Columns.NAME,
              header.isEmpty() ? "an empty file" : "no such column",
              "a first line with the columns' names: name, host, api_token, …"));
    }
    if (!problems.isEmpty()) {
      throw ImportFile.unreadable(problems);
    }
  }

  /** A misspelt column may hold what matters; any other is the user's own. */
  private void tellUnknown(String header, List<FieldProblem> problems) {
    String nearest = Spelling.nearest(header, Columns.all());
    String shown = Printable.text(header);
    if (nearest == null) {
      ignored.add(shown.substring(1, shown.length() - 1));
    } else {
      problems.add(
          new FieldProblem(
              nearest, "the column " + shown, "a known one; did you mean '" + nearest + "'?"));
    }
  }

  private static ImportRow brokenRow(int index, CsvTable.Row row) {
    return new ImportRow(
        index,
        row.line(),
        "",
        JsonNodeFactory.instance.objectNode(),
        List.of(
            new FieldProblem(
                null,
                "a quote that does not end, or text after its end",
                "CSV; nothing from this line on is read")),
        UnaryOperator.identity());
  }
}
