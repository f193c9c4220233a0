package io.muster.cli.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a child to be ready, with a bound, and not a moment longer than it lives. */
public final class Readiness {
  /** Short against any start, long against the cost of a look. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final int LOG_LINES_SHOWN = 20;

  private Readiness() {}

  /**
   * Blocks until it is ready.
   *
   * @param what completes the sentence "… is not ready: "
   * @throws StartException with the last log lines, when the process ends or the time is over
   */
  public static void await(
      ManagedProcess process, Duration patience, String what, BooleanSupplier ready) {
    var end = System.nanoTime() + patience.toNanos();
    while (!ready.getAsBoolean()) {
      var exitCode = process.exitCode();
      if (exitCode != null) {
        throw new StartException(
            "%s ended with exit code %d before it was ready.%s"
                .formatted(process.name(), exitCode, LogTail.of(process, LOG_LINES_SHOWN)));
      }
      if (System.nanoTime() > end) {
        throw new StartException(
            "%s is not ready after %d s: %s.%s"
                .formatted(
                    process.name(),
                    patience.toSeconds(),
                    what,
                    LogTail.of(process, LOG_LINES_SHOWN)));
      }
      pause(process);
    }
  }

  private static void pause(ManagedProcess process) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while waiting for " + process.name(), interrupted);
    }
  }

  static boolean isPortOpen(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
