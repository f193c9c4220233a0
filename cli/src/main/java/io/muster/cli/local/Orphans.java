package io.muster.cli.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Kills what is still running when this JVM ends without having closed it. */
final class Orphans {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "muster-orphans"));
  }

  private Orphans() {}

  static void watch(Process process) {
    RUNNING.removeIf(earlier -> !earlier.isAlive());
    RUNNING.add(process);
  }
}
