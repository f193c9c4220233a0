package io.muster.cli.local;

import java.io.PrintStream;

/**
 * Where the launcher speaks to people. On a terminal the status line is refreshed in place.
 *
 * @param columns of the terminal; 0 when it is none
 */
public record Screen(PrintStream out, int columns) {
  private static final String LINE_START = "\r";
  private static final String CLEAR_TO_LINE_END = "\u001b[K";

  /** The launching script knows the terminal and passes its width. */
  public static Screen ofThisProgram() {
    return new Screen(System.out, Integer.getInteger("muster.columns", 0));
  }

  public synchronized void line(String text) {
    out.println(isTerminal() ? LINE_START + CLEAR_TO_LINE_END + text : text);
    out.flush();
  }

  /** Replaces the status line: a terminal only. */
  synchronized void status(String text) {
    var fitting = text.length() < columns ? text : text.substring(0, columns - 1);
    out.print(LINE_START + CLEAR_TO_LINE_END + fitting);
    out.flush();
  }

  boolean isTerminal() {
    return columns > 0;
  }
}
