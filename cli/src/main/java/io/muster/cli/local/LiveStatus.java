package io.muster.cli.local;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One line of what goes on: refreshed in place on a terminal, else once a minute and when it
 * matters.
 */
final class LiveStatus {
  /** As often as people look; the agent polls every 10 s. */
  private static final Duration TERMINAL_REFRESH = Duration.ofSeconds(2);

  /** A log of a day stays under 1,500 lines. */
  private static final Duration LOG_REFRESH = Duration.ofSeconds(60);

  private final Screen screen;
  private final Supplier<AgentStatus> source;
  private long lastShown;
  private String lastHealth = "";

  LiveStatus(Screen screen, Supplier<AgentStatus> source) {
    this.screen = screen;
    this.source = source;
  }

  /** Shows it when it is time to. Blocks while the agent answers. */
  void refresh() {
    if (!screen.isTerminal()) {
      log();
    } else if (isOlderThan(TERMINAL_REFRESH)) {
      screen.status(source.get().line());
      lastShown = System.nanoTime();
    }
  }

  private void log() {
    if (!isOlderThan(TERMINAL_REFRESH)) {
      return;
    }
    var status = source.get();
    if (!status.health().equals(lastHealth) || isOlderThan(LOG_REFRESH)) {
      lastHealth = status.health();
      screen.line(status.line());
      lastShown = System.nanoTime();
    }
  }

  private boolean isOlderThan(Duration age) {
    return lastShown == 0 || System.nanoTime() - lastShown >= age.toNanos();
  }
}
