package io.muster.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for programs of our own, run by the Java that runs us. */
public final class JavaCommand {
  private JavaCommand() {}

  /** A small JVM: one core's worth of collector, quick start instead of peak speed. */
  public static List<String> small(int heapMegabytes, String... arguments) {
    return command(
        heapMegabytes, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), arguments);
  }

  /** A JVM with a machine to itself: it chooses its collector and compiles for peak speed. */
  static List<String> large(int heapMegabytes, String... arguments) {
    return command(heapMegabytes, List.of(), arguments);
  }

  private static List<String> command(int heapMegabytes, List<String> tuning, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.addAll(tuning);
    command.add("-Duser.timezone=UTC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of(arguments));
    return command;
  }
}
