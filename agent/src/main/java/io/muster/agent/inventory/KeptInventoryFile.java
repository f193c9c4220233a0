package io.muster.agent.inventory;

import io.muster.protocol.Secret;
import io.muster.protocol.link.KeptInventory;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last inventory that came over the link, sealed with the agent's token: for the time that the
 * control API is away, also over a restart.
 */
final class KeptInventoryFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeptInventoryFile.class);
  private static final String NAME = "inventory.sealed";

  private final Path file;
  private final TokenSeal seal;

  KeptInventoryFile(Path dataFolder, String site, Secret token) {
    this.file = dataFolder.resolve(NAME);
    this.seal = new TokenSeal(token, site);
  }

  /** Null = there is none that can be used; why not is in the log. */
  @Nullable KeptInventory read() {
    try {
      byte[] clear = seal.open(Files.readAllBytes(file));
      if (clear == null) {
        LOG.warn(
            "{} was sealed with another MUSTER_AGENT_TOKEN or for another MUSTER_SITE, or is"
                + " damaged: it is ignored, and nothing is polled until the control API answers",
            file);
        return null;
      }
      return LinkJson.readInventory(clear);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | LinkMessageException e) {
      LOG.warn("Cannot use {}: {}", file, e.getMessage());
      return null;
    }
  }

  /** The file holds either what it held or all of this, also after the loss of power. */
  void write(KeptInventory inventory) {
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path fresh = file.resolveSibling(NAME + ".new");
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(folder))) {
        ByteBuffer left = ByteBuffer.wrap(seal.close(LinkJson.write(inventory)));
        while (left.hasRemaining()) {
          int _ = channel.write(left);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn(
          "Cannot keep the inventory in {}: {}. Polling goes on; after a restart it begins when the"
              + " control API answers",
          file,
          e.getMessage());
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    return store.supportsFileAttributeView(PosixFileAttributeView.class)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
