package io.muster.agent.metrics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.ServerId;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file a server in the folder {@code known} of the agent's data folder. */
final class KnownFiles {
  private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);
  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Path folder;

  KnownFiles(Path dataFolder) {
    this.folder = dataFolder.resolve("known");
  }

  /** All that can be read; a broken file is said and left out: the next answer makes it anew. */
  List<KnownObjects> load() {
    List<KnownObjects> loaded = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          loaded.add(JSON.readValue(file.toFile(), KnownObjects.class));
        } catch (IOException e) {
          LOG.warn(
              "Cannot read {}: {}. What vanished of that server while the agent was down is not"
                  + " told; the file is made anew from the next answer",
              file,
              e.getMessage());
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("No known objects yet in {}", folder);
    } catch (IOException e) {
      LOG.warn("Cannot list {}: {}", folder, e.getMessage());
    }
    return loaded;
  }

  /** The file holds either what it held or all of {@code known}, also after the loss of power. */
  void save(KnownObjects known) throws IOException {
    Files.createDirectories(folder);
    Path file = file(known.origin().serverId());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    DiskSync.write(fresh, JSON.writeValueAsBytes(known));
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
    DiskSync.folder(folder);
  }

  void delete(ServerId server) throws IOException {
    Files.deleteIfExists(file(server));
  }

  private Path file(ServerId server) {
    return folder.resolve(server + SUFFIX);
  }
}
