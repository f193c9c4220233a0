package io.muster.agent.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Who this agent is in its rows: a UUID, made once and kept in the data folder. */
public final class AgentIdentity {
  private static final String FILE = "agent-id";

  private AgentIdentity() {}

  /**
   * Reads the identity, or makes one when there is none. Makes the folder too.
   *
   * @throws IOException when it can't be read or kept, or the file holds something else
   */
  public static UUID load(Path dataFolder) throws IOException {
    Path file = dataFolder.resolve(FILE);
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      Files.createDirectories(dataFolder);
      return create(file);
    }
  }

  private static UUID read(Path file) throws IOException {
    String text = Files.readString(file).strip();
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file
              + " must hold this agent's UUID, but holds something else; delete it, and the agent"
              + " goes on as a new one",
          e);
    }
  }

  /** The file appears whole or not at all. */
  private static UUID create(Path file) throws IOException {
    UUID identity = UUID.randomUUID();
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", owner(file));
    try {
      Files.writeString(fresh, identity + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return identity;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] owner(Path file) {
    boolean posix =
        Files.getFileAttributeView(file.toAbsolutePath().getParent(), PosixFileAttributeView.class)
            != null;
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
