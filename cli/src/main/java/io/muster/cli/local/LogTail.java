package io.muster.cli.local;

import java.util.stream.Collectors;

/** The last words of a process, for an error message. */
final class LogTail {
  /** A stack trace may be this long; what matters stands above it. */
  private static final int LINES_LOOKED_AT = 300;

  private LogTail() {}

  static String of(ManagedProcess process, int lines) {
    var told = process.lastLogLines(LINES_LOOKED_AT).stream().filter(LogTail::isForPeople).toList();
    var tail = told.subList(Math.max(0, told.size() - lines), told.size());
    var log = process.spec().log();
    return tail.isEmpty()
        ? " Its log is empty: " + log
        : tail.stream().collect(Collectors.joining("\n  ", "\nLast lines of " + log + ":\n  ", ""));
  }

  /** The frames of a stack trace stay in the log. */
  private static boolean isForPeople(String line) {
    return !line.startsWith("\tat ") && !line.startsWith("\t... ");
  }
}
