package io.muster.simulator.kubernetes.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder for each pod in which a command was run, gone when the cluster ends. */
public final class Containers implements AutoCloseable {
  private final Map<UUID, Path> folders = new ConcurrentHashMap<>();

  /** The folder of a pod: what was written there by one command is there for the next. */
  public Path folder(UUID pod) {
    return folders.computeIfAbsent(
        pod,
        _ -> {
          try {
            return Files.createTempDirectory("simulated-pod");
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a pod's folder", e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    for (Path folder : folders.values()) {
      try (Stream<Path> content = Files.walk(folder)) {
        List<Path> all = content.sorted(Comparator.reverseOrder()).toList();
        for (Path path : all) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
