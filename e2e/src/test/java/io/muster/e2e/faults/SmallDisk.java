package io.muster.e2e.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own that can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Skips the test, with the reason, where mounting is not allowed. */
  static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    var said =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + megabytes + "m",
            "muster-test",
            folder.toString());
    assumeTrue(
        said.isEmpty(),
        "Not run: needs the right to mount a small file system (root on Linux): " + said);
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    try (var ballast =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        ballast.write(ByteBuffer.allocate(BLOCK));
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left on device")) {
        throw full;
      }
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException {
    // Lazily: what still has files open there ends soon.
    run("umount", "-l", folder.toString());
  }

  /** What the command said when it failed; empty when it did not. */
  private static String run(String... command) throws IOException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var code = process.waitFor();
      return code == 0 ? "" : command[0] + " ended with " + code + ": " + said.strip();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted during " + command[0], interrupted);
    }
  }
}
