package io.muster.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Keeps a second program of the same kind out of a data folder: two would delete each other's files
 * and write as one. Ends with the process, however that ends.
 */
public final class DataFolderLock implements AutoCloseable {
  /** Behind the text: where a lock forbids reading, the text can be read all the same. */
  private static final long LOCKED_BYTE = 1 << 10;

  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, and makes it when there is none.
   *
   * @param program as people call it, such as {@code agent}
   * @throws PlainFailureException when another one has it, or it can't be used
   */
  public static DataFolderLock take(Path folder, String program) {
    Path file = folder.resolve(program.toLowerCase(Locale.ROOT).replace(' ', '-') + ".lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        lock(channel, folder, file, program);
        return new DataFolderLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PlainFailureException("Cannot use the data folder " + folder + ": " + e, e);
    }
  }

  private static void lock(FileChannel channel, Path folder, Path file, String program)
      throws IOException {
    if (isTaken(channel)) {
      String holder = Files.readString(file).strip();
      throw new PlainFailureException(
          "Another %s (pid %s) uses the data folder %s: stop it, or give this one a folder of its own in MUSTER_DATA."
              .formatted(program, holder.isEmpty() ? "unknown" : holder, folder),
          null);
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) == null;
    } catch (OverlappingFileLockException e) {
      return true; // by one in this very process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The process ends, and the lock with it.
    }
  }
}
