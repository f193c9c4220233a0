package io.muster.agent.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes files and their names survive the loss of power. */
final class DiskSync {
  private static final Logger LOG = LoggerFactory.getLogger(DiskSync.class);

  private DiskSync() {}

  /** Makes or replaces the file; its bytes are on disk when this returns. */
  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        var _ = channel.write(left);
      }
      channel.force(true);
    }
  }

  /** Not every system lets a folder be synced (Windows does not): then its own care must do. */
  static void folder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("Cannot sync {}: {}", folder, e.getMessage());
    }
  }
}
