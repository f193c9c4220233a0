package io.muster.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code .muster/<name>/}, held by one launcher at a time; the system frees it when that one dies,
 * however it dies.
 */
final class StateFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private StateFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws StartException naming the launcher that holds it
   */
  static StateFolder take(Path folder) throws IOException {
    PrivateFiles.createFolder(folder);
    var holderFile = folder.resolve("launcher.pid");
    var channel =
        FileChannel.open(
            folder.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new StartException(
          "\"%s\" runs already in this checkout, started by process %s. End that one first (Ctrl-C there, or kill %s), or give this one another --name."
              .formatted(folder.getFileName(), holder(holderFile), holder(holderFile)));
    }
    PrivateFiles.write(holderFile, ProcessHandle.current().pid() + "\n");
    return new StateFolder(folder, channel);
  }

  Path path() {
    return folder;
  }

  Path log(String program) {
    return folder.resolve("log").resolve(program + ".log");
  }

  Path data(String program) throws IOException {
    var data = folder.resolve(program);
    PrivateFiles.createFolder(data);
    return data;
  }

  /** Takes away what told where things run: nothing runs any more. A second call does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (channel) {
      Files.deleteIfExists(folder.resolve(Endpoints.FILE));
      Files.deleteIfExists(folder.resolve("launcher.pid"));
    } catch (IOException harmless) {
      // The next start writes both anew.
    }
  }

  private static String holder(Path holderFile) throws IOException {
    return Files.exists(holderFile) ? Files.readString(holderFile).strip() : "(unknown)";
  }
}
