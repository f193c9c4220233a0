package io.muster.control.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV text.
 *
 * @param header as written; empty = the text has no rows at all
 * @param broken where the text can't be taken apart from; null = all of it could be
 */
record CsvTable(List<String> header, List<Row> rows, @Nullable Row broken) {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

  /** A spreadsheet's own way to name the separator, in a first line. */
  private static final String SEPARATOR_LINE = "(?is)sep=(.)\\R.*";

  CsvTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param line that it starts at, from 1
   */
  record Row(long line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    String cell(int column) {
      return column < cells.size() ? cells.get(column).strip() : "";
    }
  }

  static CsvTable parse(String text) {
    boolean named = text.matches(SEPARATOR_LINE);
    char separator = named ? text.charAt(4) : separator(text);
    CSVFormat format =
        CSVFormat.Builder.create(CSVFormat.RFC4180)
            .setDelimiter(separator)
            .setIgnoreEmptyLines(false)
            .setIgnoreSurroundingSpaces(true)
            .get();
    List<Row> rows = new ArrayList<>();
    Row broken = null;
    try (CSVParser parser = CSVParser.parse(text, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      long line = 1;
      try {
        while (records.hasNext()) {
          Row row = new Row(line, records.next().toList());
          line = parser.getCurrentLineNumber() + 1;
          if (row.cells().stream().anyMatch(cell -> !cell.isBlank())) {
            rows.add(row);
          }
        }
      } catch (UncheckedIOException | IllegalStateException e) {
        broken = new Row(line, List.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from memory", e);
    }
    if (named && !rows.isEmpty()) {
      rows.removeFirst();
    }
    return rows.isEmpty()
        ? new CsvTable(List.of(), List.of(), broken)
        : new CsvTable(rows.getFirst().cells(), rows.subList(1, rows.size()), broken);
  }

  /** The one that the first line has most of. */
  private static char separator(String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return SEPARATORS.stream()
        .max(
            Comparator.comparingLong(
                separator -> first.chars().filter(c -> c == separator).count()))
        .orElse(',');
  }
}
