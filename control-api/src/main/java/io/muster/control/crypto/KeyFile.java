package io.muster.control.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a key in it. */
final class KeyFile {
  private KeyFile() {}

  /** Reads it, or makes a new key when there is no file yet. */
  static MasterKey readOrMake(Path file) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    MasterKey key = MasterKey.random();
    write(file, key);
    return key;
  }

  static MasterKey read(Path file) throws IOException {
    try {
      return MasterKey.of(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("the key file " + file + " holds no key: " + e.getMessage(), e);
    }
  }

  static void write(Path file, MasterKey key) throws IOException {
    PrivateFile.write(file, key.text() + "\n");
  }
}
