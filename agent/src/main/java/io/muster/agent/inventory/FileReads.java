package io.muster.agent.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads files and remembers what stood in them, so that a change of any is noticed: by content,
 * because editors rename, config maps swap symbolic links, and times lie.
 */
final class FileReads {
  /** Far above any inventory or kubeconfig; keeps a wrong path such as a device out of memory. */
  private static final int MAX_BYTES = 16 << 20;

  private final Map<Path, String> contents = new TreeMap<>();

  /**
   * The content of a file.
   *
   * @throws IOException when it can't be read or is larger than any configuration
   */
  byte[] read(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    try {
      byte[] bytes = load(absolute);
      contents.put(absolute, hash(bytes));
      return bytes;
    } catch (IOException e) {
      contents.put(absolute, missing(e));
      throw e;
    }
  }

  /** What was read, as one text to compare with {@link #now()}. */
  String then() {
    return contents.toString();
  }

  /** What stands in the same files now. */
  String now() {
    Map<Path, String> current = new TreeMap<>();
    for (Path path : contents.keySet()) {
      try {
        current.put(path, hash(load(path)));
      } catch (IOException e) {
        current.put(path, missing(e));
      }
    }
    return current.toString();
  }

  private static byte[] load(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private static String missing(IOException e) {
    return e.getClass().getSimpleName();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
