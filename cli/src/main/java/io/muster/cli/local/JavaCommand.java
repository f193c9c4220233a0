package io.muster.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for programs of our own, run by the Java that runs us. */
public final class JavaCommand {
  private JavaCommand() {}

  /** A small JVM: one core's worth of collector, quick start instead of peak speed. */
  public static List<String> small(int heapMegabytes, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Duser.timezone=UTC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of(arguments));
    return command;
  }
}
