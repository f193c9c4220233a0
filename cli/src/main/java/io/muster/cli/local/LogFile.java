package io.muster.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one program: appended to by it, rotated by us before it starts. */
final class LogFile {
  static final File NOTHING = new File("/dev/null");

  /**
   * A bigger log is set aside at the next start, one predecessor is kept: at most twice this and a
   * run.
   */
  static final long ROTATE_BYTES = 5L * 1024 * 1024;

  /** Enough for a stack trace; a log without line breaks must not fill our memory. */
  private static final int TAIL_BYTES = 64 * 1024;

  private LogFile() {}

  /** Where the next run's lines begin, in bytes. */
  static long prepare(Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    if (Files.exists(log) && Files.size(log) > ROTATE_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      PrivateFiles.create(log);
    }
    return Files.size(log);
  }

  /** The last lines from byte {@code begin} on; empty when there are none or it cannot be read. */
  static List<String> lastLines(Path log, long begin, int count) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var length = Math.clamp(file.length() - begin, 0, TAIL_BYTES);
      var tail = new byte[length];
      file.seek(file.length() - length);
      file.readFully(tail);
      var lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
