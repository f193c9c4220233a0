package io.muster.e2e;

import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of our programs, from its packaged jar: ended and started again as a test wants it. */
public final class Program implements AutoCloseable {
  /** Nothing of the caller's own installation may reach a test's programs. */
  private static final List<String> LEFT_OUT =
      List.of(
          "MUSTER_", "PROXMOX_", "QUESTDB_", "METRICS_", "MICRONAUT_", "HTTP_PROXY", "HTTPS_PROXY");

  private static final Path CHECKOUT =
      Path.of(System.getProperty("muster.checkout", "..")).toAbsolutePath().normalize();

  private static final int LINES_SHOWN = 15;

  private final ProcessSpec spec;
  private ManagedProcess process;

  private Program(ProcessSpec spec) throws IOException {
    this.spec = spec;
    this.process = ManagedProcess.start(spec);
  }

  /**
   * Starts it; it works in {@code folder}, its log is beside it.
   *
   * @param module whose {@code target/muster-<module>.jar} it is
   */
  public static Program start(
      String module, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("-jar");
    command.add(CHECKOUT.resolve(module + "/target/muster-" + module + ".jar").toString());
    command.addAll(List.of(arguments));
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    return new Program(new ProcessSpec(module, command, environment, LEFT_OUT, folder, log));
  }

  /** The same again, after it was ended. Returns at once. */
  public void start() {
    if (process.isAlive()) {
      throw new IllegalStateException(process + " runs already");
    }
    try {
      process = ManagedProcess.start(spec);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot start " + spec.name(), failed);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM. Blocks until it is gone. */
  public void stop() {
    process.stop(ManagedProcess.STOP_PATIENCE);
  }

  /** SIGKILL. Blocks until it is gone. */
  public void kill() {
    process.kill();
  }

  public String log() {
    try {
      return Files.readString(spec.log());
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot read the log of " + spec.name(), failed);
    }
  }

  /** For messages: what it said last. */
  public String lastWords() {
    return spec.name() + " says:\n" + String.join("\n", process.lastLogLines(LINES_SHOWN));
  }

  @Override
  public void close() {
    process.close();
  }
}
