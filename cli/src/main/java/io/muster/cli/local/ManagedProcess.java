package io.muster.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child process with its log. It never outlives this JVM, unless the JVM itself is killed hard.
 */
public final class ManagedProcess implements AutoCloseable {
  /** Long enough for a JVM that is swapped out or busy to run its shutdown hooks. */
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /** After SIGKILL only the kernel's own work is left. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

  private final ProcessSpec spec;
  private final Process process;
  private final long logBegin;

  private ManagedProcess(ProcessSpec spec, Process process, long logBegin) {
    this.spec = spec;
    this.process = process;
    this.logBegin = logBegin;
  }

  /**
   * Starts it. Ctrl-C in a terminal reaches the whole process group at once, so the child is told
   * to ignore it: whoever started it ends it, in its own order.
   */
  public static ManagedProcess start(ProcessSpec spec) throws IOException {
    Files.createDirectories(spec.folder());
    var logBegin = LogFile.prepare(spec.log());
    var command =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "muster"));
    command.addAll(spec.command());
    var builder =
        new ProcessBuilder(command)
            .directory(spec.folder().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(LogFile.NOTHING))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(key -> spec.environmentPrefixesLeftOut().stream().anyMatch(key::startsWith));
    builder.environment().putAll(spec.environment());
    var started = new ManagedProcess(spec, builder.start(), logBegin);
    Orphans.watch(started.process);
    return started;
  }

  public ProcessSpec spec() {
    return spec;
  }

  public String name() {
    return spec.name();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Null while it runs; 128 + signal number when a signal ended it. */
  public @Nullable Integer exitCode() {
    return process.isAlive() ? null : process.exitValue();
  }

  public CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** The last lines that it wrote itself, not an earlier run's; oldest first. */
  public List<String> lastLogLines(int count) {
    return LogFile.lastLines(spec.log(), logBegin, count);
  }

  /** Asks it to end (SIGTERM) and, when it does not in time, kills it. Blocks until it is gone. */
  public void stop(Duration patience) {
    process.destroy();
    if (!awaitExit(patience)) {
      kill();
    }
  }

  /** SIGKILL. Blocks until it is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!awaitExit(KILL_PATIENCE)) {
      throw new IllegalStateException(
          "Cannot end %s: process %d is still there %d s after SIGKILL"
              .formatted(name(), pid(), KILL_PATIENCE.toSeconds()));
    }
  }

  /**
   * False when it still runs after {@code patience}. An interrupt is kept for later: ending comes
   * first.
   */
  public boolean awaitExit(Duration patience) {
    var interrupted = false;
    var end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop(STOP_PATIENCE);
    }
  }

  @Override
  public String toString() {
    return name() + " (process " + pid() + ")";
  }
}
