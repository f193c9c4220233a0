package io.muster.cli.bench;

import io.muster.cli.local.Screen;

/** Figures as they come: printed at once, so that a run that is broken off has told something. */
final class Report {
  private final Screen screen;

  Report(Screen screen) {
    this.screen = screen;
  }

  void heading(String what) {
    screen.line("");
    screen.line("%-46s %-20s %s".formatted(what, "", "aim"));
    screen.line("-".repeat(80));
  }

  /** {@code aim} is empty where there is none; nobody passes or fails by it. */
  void line(String what, String figure, String aim) {
    screen.line("%-46s %-20s %s".formatted(what, figure, aim).stripTrailing());
  }

  void note(String text) {
    screen.line(text);
  }
}
