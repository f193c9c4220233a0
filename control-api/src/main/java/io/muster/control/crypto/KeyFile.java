package io.muster.control.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with a key in it, which only its owner can read. */
final class KeyFile {
  private KeyFile() {}

  /** Reads it, or makes a new key when there is no file yet. */
  static MasterKey readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      MasterKey key = MasterKey.random();
      try {
        write(file, key);
        return key;
      } catch (FileAlreadyExistsException e) {
        // Somebody was quicker: theirs it is.
      }
    }
    return read(file);
  }

  static MasterKey read(Path file) throws IOException {
    try {
      return MasterKey.of(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("the key file " + file + " holds no key: " + e.getMessage(), e);
    }
  }

  /** Writes a file that must not be there yet, down to the disk. */
  static void write(Path file, MasterKey key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.createFile(file, ownersOnly(file));
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap((key.text() + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
