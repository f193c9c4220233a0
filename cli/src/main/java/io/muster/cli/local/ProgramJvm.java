package io.muster.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts a program: its JVM's flags decide how light it is.
 *
 * @param jar of the program
 * @param lean flags that keep it small
 */
public record ProgramJvm(Path jar, int heapMegabytes, List<String> lean) {
  /** The agent's own 40 MB and the rows of a few thousand guests in flight. */
  private static final int AGENT_MEGABYTES = 160;

  /** The control API's own 60 MB, and what some requests at once and a password's hash take. */
  private static final int CONTROL_MEGABYTES = 128;

  public ProgramJvm {
    lean = List.copyOf(lean);
  }

  /**
   * The young part of the heap is all touched before it is first collected: left to itself it costs
   * 40 MB more of a process that then keeps to 145 MB.
   */
  public static ProgramJvm agent(Installation installation) {
    return new ProgramJvm(
        installation.agentJar(), AGENT_MEGABYTES, List.of("-Xms24m", "-Xmn16m", "-Xss512k"));
  }

  /**
   * Answers of some megabytes outlive a small young part while they are written: then they fill the
   * old one, and that cost 40 MB more.
   */
  public static ProgramJvm control(Installation installation) {
    return new ProgramJvm(
        installation.controlJar(), CONTROL_MEGABYTES, List.of("-Xms48m", "-Xmn32m", "-Xss512k"));
  }

  /** With what the JVM learned in a training run before, when that is of this very jar. */
  public List<String> command(String... arguments) {
    var flags = new ArrayList<>(lean);
    if (isFresh()) {
      flags.add("-XX:AOTCache=" + cache());
    }
    return command(flags, arguments);
  }

  /** Starts as on a machine without that. */
  public List<String> coldCommand(String... arguments) {
    return command(lean, arguments);
  }

  /** Learns while it runs, and writes {@link #cache} when it ends, which takes some seconds. */
  public List<String> trainingCommand(String... arguments) {
    var flags = new ArrayList<>(lean);
    flags.add("-XX:AOTCacheOutput=" + cache());
    return command(flags, arguments);
  }

  /** Loaded and linked classes, some 70 MB of file. */
  public Path cache() {
    return jar.resolveSibling(jar.getFileName().toString().replaceAll("\\.jar$", ".aot"));
  }

  private List<String> command(List<String> flags, String... arguments) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of("-jar", jar.toString()));
    all.addAll(List.of(arguments));
    return JavaCommand.small(heapMegabytes, all.toArray(String[]::new));
  }

  /** The JVM does without one of another jar, but complains. */
  private boolean isFresh() {
    try {
      return Files.exists(cache())
          && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(jar)) > 0;
    } catch (IOException vanished) {
      return false;
    }
  }
}
