package io.muster.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns as wide as their widest cell, or shortened to a terminal's width. */
public final class Table {
  private static final int GAP = 2;

  /** Below this a cell tells nothing: rather a line that wraps. */
  private static final int NARROWEST = 8;

  private static final String NOTE_INDENT = "  ";

  private final List<String> headings;
  private final List<Row> rows = new ArrayList<>();

  /** A line of cells, and sentences that stand below it. */
  private record Row(List<String> cells, List<String> notes) {}

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public Table add(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings);
    }
    rows.add(new Row(List.of(cells), new ArrayList<>()));
    return this;
  }

  /** A sentence below the last row, where a column would be too narrow for it. */
  public Table note(String text) {
    rows.getLast().notes().add(text);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** As wide as it is. */
  public List<String> lines() {
    return lines(0);
  }

  /**
   * Fits {@code columns}: the widest column gives way first, and sentences are broken.
   *
   * @param columns 0 = as wide as it is
   */
  public List<String> lines(int columns) {
    var widths = widths();
    if (columns > 0) {
      narrow(widths, columns);
    }
    var lines = new ArrayList<String>();
    if (headings.stream().anyMatch(heading -> !heading.isBlank())) {
      lines.add(line(headings, widths));
    }
    for (var row : rows) {
      lines.add(line(row.cells(), widths));
      for (var note : row.notes()) {
        lines.addAll(Paragraph.lines(note, NOTE_INDENT, columns));
      }
    }
    return lines;
  }

  private int[] widths() {
    var widths = headings.stream().mapToInt(String::length).toArray();
    for (var row : rows) {
      for (var i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    return widths;
  }

  private void narrow(int[] widths, int columns) {
    while (Arrays.stream(widths).sum() + GAP * (widths.length - 1) > columns) {
      var widest = 0;
      for (var i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= Math.max(NARROWEST, headings.get(widest).length())) {
        return;
      }
      widths[widest]--;
    }
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (var i = 0; i < widths.length; i++) {
      var cell = cells.get(i);
      var fitting = cell.length() <= widths[i] ? cell : cell.substring(0, widths[i] - 1) + "…";
      line.append(fitting).append(" ".repeat(widths[i] - fitting.length() + GAP));
    }
    return line.toString().stripTrailing();
  }
}
