package io.muster.agent.metrics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.provider.Progress;
import io.muster.protocol.ServerId;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code progress.json} of the agent's data folder: how far the rows of each server are safe. */
final class ProgressFile {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressFile.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Path folder;
  private final Path file;

  ProgressFile(Path dataFolder) {
    folder = dataFolder;
    file = dataFolder.resolve("progress.json");
  }

  /**
   * Of one server.
   *
   * @param spooled where the newest of its rows are; null = in QuestDB
   */
  record Kept(
      Map<String, Long> taken, Map<String, Progress.Hole> holes, Spool.@Nullable Position spooled) {
    public Kept {
      taken = Map.copyOf(taken);
      holes = Map.copyOf(holes);
    }
  }

  record Content(Map<String, Kept> servers) {
    public Content {
      servers = Map.copyOf(servers);
    }
  }

  /** Empty when there is nothing that can be read: then everything counts as lost. */
  Map<ServerId, Kept> load() {
    Map<ServerId, Kept> loaded = new HashMap<>();
    try {
      JSON.readValue(Files.readAllBytes(file), Content.class)
          .servers()
          .forEach((id, kept) -> loaded.put(new ServerId(UUID.fromString(id)), kept));
      return loaded;
    } catch (NoSuchFileException e) {
      LOG.debug("No progress yet in {}", file);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Cannot read {}: {}. The last samples are read again as far as the platforms have them;"
              + " the file is made anew",
          file,
          e.getMessage());
    }
    return Map.of();
  }

  /** The file holds either what it held or all of this, also after the loss of power. */
  void save(Map<ServerId, Kept> servers) throws IOException {
    Map<String, Kept> byId = new TreeMap<>();
    servers.forEach((id, kept) -> byId.put(id.toString(), kept));
    Files.createDirectories(folder);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    DiskSync.write(fresh, JSON.writeValueAsBytes(new Content(byId)));
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
    DiskSync.folder(folder);
  }
}
