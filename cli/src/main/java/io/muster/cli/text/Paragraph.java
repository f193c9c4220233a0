package io.muster.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Sentences broken at blanks. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * Breaks it.
   *
   * @param columns 0 = not broken; a word that is longer stays whole
   */
  public static List<String> lines(String text, String indent, int columns) {
    var lines = new ArrayList<String>();
    for (var paragraph : text.lines().toList()) {
      var line = new StringBuilder(indent);
      for (var word : paragraph.strip().split(" ", -1)) {
        if (columns > 0
            && line.length() > indent.length()
            && line.length() + 1 + word.length() > columns) {
          lines.add(line.toString());
          line = new StringBuilder(indent);
        }
        line.append(line.length() > indent.length() ? " " : "").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
