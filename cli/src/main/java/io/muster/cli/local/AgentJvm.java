package io.muster.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts the agent: its JVM's flags decide how light it is. */
public final class AgentJvm {
  /** Its own 40 MB and the rows of a few thousand guests in flight. */
  private static final int HEAP_MEGABYTES = 160;

  /**
   * The young part of the heap is all touched before it is first collected: left to itself it costs
   * 40 MB more of a process that then keeps to 145 MB.
   */
  private static final List<String> LEAN = List.of("-Xms24m", "-Xmn16m", "-Xss512k");

  private AgentJvm() {}

  /** With what the JVM learned in a training run before, when that is of this very jar. */
  public static List<String> command(Installation installation, String... arguments) {
    var flags = new ArrayList<>(LEAN);
    var cache = cache(installation);
    if (isFresh(cache, installation.agentJar())) {
      flags.add("-XX:AOTCache=" + cache);
    }
    return command(installation, flags, arguments);
  }

  /** Starts as on a machine without that. */
  public static List<String> coldCommand(Installation installation, String... arguments) {
    return command(installation, LEAN, arguments);
  }

  /** Learns while it runs, and writes {@link #cache} when it ends, which takes some seconds. */
  public static List<String> trainingCommand(Installation installation, String... arguments) {
    var flags = new ArrayList<>(LEAN);
    flags.add("-XX:AOTCacheOutput=" + cache(installation));
    return command(installation, flags, arguments);
  }

  /** Loaded and linked classes of the agent, about 70 MB of file. */
  public static Path cache(Installation installation) {
    return installation.agentJar().resolveSibling("muster-agent.aot");
  }

  private static List<String> command(
      Installation installation, List<String> flags, String... arguments) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of("-jar", installation.agentJar().toString()));
    all.addAll(List.of(arguments));
    return JavaCommand.small(HEAP_MEGABYTES, all.toArray(String[]::new));
  }

  /** The JVM does without one of another jar, but complains. */
  private static boolean isFresh(Path cache, Path jar) {
    try {
      return Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    } catch (IOException vanished) {
      return false;
    }
  }
}
