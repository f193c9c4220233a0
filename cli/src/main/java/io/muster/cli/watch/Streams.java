package io.muster.cli.watch;

import java.time.Duration;

/** What is said of a stream itself. */
final class Streams {
  private Streams() {}

  static String lost(String why, Duration pause) {
    return "%s Again in %.1f s.".formatted(why, pause.toMillis() / 1000.0);
  }
}
