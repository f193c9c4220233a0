package io.muster.cli.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Which processes this folder's launcher started, on disk: so that the next one finds what a killed
 * one left behind.
 */
final class ProcessRecords {
  /** The start time is derived from the boot time, which moves when the clock is set. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One process. {@code startedAtMillis} tells it from a later one with the same number; 0 is
   * unknown.
   */
  record Entry(String name, long pid, long startedAtMillis) {}

  ProcessRecords(Path file) {
    this.file = file;
  }

  void add(ManagedProcess process) throws IOException {
    var startedAt = ProcessHandle.of(process.pid()).flatMap(handle -> handle.info().startInstant());
    entries.add(
        new Entry(process.name(), process.pid(), startedAt.map(Instant::toEpochMilli).orElse(0L)));
    PrivateFiles.write(file, JSON.writeValueAsString(entries));
  }

  void clear() throws IOException {
    entries.clear();
    Files.deleteIfExists(file);
  }

  /**
   * Ends what an earlier launcher left, last started first, and says so. Blocks until it is gone.
   */
  void endLeftovers(Consumer<String> notices) throws IOException {
    for (var entry : earlier().reversed()) {
      var leftover = stillRunning(entry);
      if (leftover.isPresent()) {
        notices.accept(
            "Ending %s (process %d), left behind by an earlier start."
                .formatted(entry.name(), entry.pid()));
        end(leftover.get());
      }
    }
    clear();
  }

  private List<Entry> earlier() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JSON.readValue(Files.readString(file), new TypeReference<List<Entry>>() {});
    } catch (com.fasterxml.jackson.core.JacksonException broken) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> stillRunning(Entry entry) {
    return ProcessHandle.of(entry.pid())
        .filter(ProcessHandle::isAlive)
        .filter(handle ->
            handle
                .info()
                .startInstant()
                .filter(instant -> isNear(instant, entry.startedAtMillis()))
                .isPresent());
  }

  private static boolean isNear(Instant instant, long millis) {
    return Math.abs(instant.toEpochMilli() - millis) <= START_TOLERANCE.toMillis();
  }

  private static void end(ProcessHandle leftover) {
    leftover.destroy();
    if (!isGone(leftover)) {
      leftover.destroyForcibly();
      if (!isGone(leftover)) {
        throw new StartException("Cannot end process " + leftover.pid() + ": it survives SIGKILL");
      }
    }
  }

  private static boolean isGone(ProcessHandle leftover) {
    try {
      leftover.onExit().get(ManagedProcess.STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !leftover.isAlive();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException still) {
      return !leftover.isAlive();
    }
  }
}
