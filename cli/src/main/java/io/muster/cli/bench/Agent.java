package io.muster.cli.bench;

import io.muster.cli.local.Http;
import io.muster.cli.local.ManagedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A running agent and what it takes of the machine. */
record Agent(ManagedProcess process, URI url) implements AutoCloseable {
  /** Whether it has its inventory and QuestDB its tables. */
  boolean isReady() {
    return !Http.get(url.resolve("/health/readiness")).isEmpty();
  }

  /** Memory that it occupies, as the system counts it. */
  long residentBytes() throws IOException {
    var ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process.pid()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = ps.inputReader(StandardCharsets.UTF_8)) {
      var kibibytes = out.readLine();
      if (kibibytes == null || !kibibytes.strip().matches("\\d+")) {
        throw new IOException("ps does not tell the size of the agent: " + kibibytes);
      }
      return Long.parseLong(kibibytes.strip()) * 1024;
    }
  }

  /** Time on any core since its start. */
  Duration cpu() throws IOException {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IOException("The system does not tell the agent's CPU time"));
  }

  @Override
  public void close() {
    process.close();
  }
}
