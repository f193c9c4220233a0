package io.muster.cli.local;

import java.util.stream.Collectors;

/** The last words of a process, for an error message. */
final class LogTail {
  private LogTail() {}

  static String of(ManagedProcess process, int lines) {
    var tail = process.lastLogLines(lines);
    var log = process.spec().log();
    return tail.isEmpty()
        ? " Its log is empty: " + log
        : tail.stream().collect(Collectors.joining("\n  ", "\nLast lines of " + log + ":\n  ", ""));
  }
}
