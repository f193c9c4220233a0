package io.muster.simulator.kubernetes.exec;

import io.muster.simulator.kubernetes.exec.Streams.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that runs as a process of this machine, with a terminal where {@code script} gives one.
 */
public final class ContainerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final int PIECE_BYTES = 16 * 1024;

  /** A child in the background may keep the output open when the command itself has ended. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Path folder;
  private final String host;
  private final List<String> command;
  private final boolean terminal;

  /**
   * @param folder where it runs
   * @param host what it believes this machine is called
   */
  public ContainerProcess(Path folder, String host, List<String> command, boolean terminal) {
    this.folder = folder;
    this.host = host;
    this.command = List.copyOf(command);
    this.terminal = terminal;
  }

  /** Runs it to its end, or until the client has gone; tells the client how it ended. */
  public void run(Streams streams) throws IOException, InterruptedException {
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      LOG.debug("Cannot run {}", command, e);
      streams.end(ExitStatus.notFound(command.getFirst()));
      return;
    }
    try {
      Thread input = Thread.startVirtualThread(() -> feed(process, streams));
      Thread out = pump(process.getInputStream(), streams::stdout);
      Thread err = pump(process.getErrorStream(), streams::stderr);
      int code = process.waitFor();
      boolean _ = out.join(LAST_WORDS);
      boolean _ = err.join(LAST_WORDS);
      streams.end(ExitStatus.of(code));
      input.interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    List<String> line = new ArrayList<>(command);
    if (terminal && Files.isExecutable(SCRIPT)) {
      String quoted =
          command.stream()
              .map(word -> "'" + word.replace("'", "'\\''") + "'")
              .collect(Collectors.joining(" "));
      line = List.of(SCRIPT.toString(), "-qefc", "tty > .tty; exec " + quoted, "/dev/null");
    }
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(terminal);
    // Nothing of what this program was started with is a container's business.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("HOSTNAME", host);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
    return builder.start();
  }

  /** Something that takes pieces. */
  private interface Taker {
    void take(ByteBuffer piece) throws IOException;
  }

  private static Thread pump(InputStream from, Taker to) {
    return Thread.startVirtualThread(() -> {
      byte[] piece = new byte[PIECE_BYTES];
      try {
        for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
          to.take(ByteBuffer.wrap(piece, 0, read));
        }
      } catch (IOException e) {
        LOG.debug("Output was not heard to its end", e);
      }
    });
  }

  private void feed(Process process, Streams streams) {
    try {
      Input last = feedUntilEnd(process, streams);
      while (!(last instanceof Input.Gone)) {
        last = streams.next();
      }
      process.destroyForcibly();
    } catch (IOException e) {
      LOG.debug("The command takes no input", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Input feedUntilEnd(Process process, Streams streams)
      throws IOException, InterruptedException {
    try (OutputStream stdin = process.getOutputStream();
        WritableByteChannel channel = Channels.newChannel(stdin)) {
      while (true) {
        Input input = streams.next();
        switch (input) {
          case Input.Bytes(ByteBuffer content) -> {
            while (content.hasRemaining()) {
              channel.write(content);
            }
            stdin.flush();
          }
          case Input.Resize(int columns, int rows) -> resize(columns, rows);
          case Input.End _, Input.Gone _ -> {
            return input;
          }
        }
      }
    }
  }

  private void resize(int columns, int rows) throws IOException {
    Path tty = folder.resolve(".tty");
    if (terminal && columns > 0 && rows > 0 && Files.exists(tty)) {
      Process _ =
          new ProcessBuilder(
                  "stty",
                  "-F",
                  Files.readString(tty).strip(),
                  "cols",
                  String.valueOf(columns),
                  "rows",
                  String.valueOf(rows))
              .start();
    }
  }
}
