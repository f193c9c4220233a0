package io.muster.cli.bench;

import io.muster.cli.local.ManagedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A program that runs, and what it takes of the machine. */
interface Running extends AutoCloseable {
  ManagedProcess process();

  /** Whether it can do what it is there for. */
  boolean isReady();

  /** Memory that it occupies, as the system counts it. */
  default long residentBytes() throws IOException {
    var ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process().pid()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = ps.inputReader(StandardCharsets.UTF_8)) {
      var kibibytes = out.readLine();
      if (kibibytes == null || !kibibytes.strip().matches("\\d+")) {
        throw new IOException(
            "ps does not tell the size of %s: %s".formatted(process().name(), kibibytes));
      }
      return Long.parseLong(kibibytes.strip()) * 1024;
    }
  }

  /** Time on any core since its start. */
  default Duration cpu() throws IOException {
    return ProcessHandle.of(process().pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(
            () -> new IOException("The system does not tell the CPU time of " + process().name()));
  }

  @Override
  default void close() {
    process().close();
  }
}
