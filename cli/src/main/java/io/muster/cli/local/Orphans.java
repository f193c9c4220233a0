package io.muster.cli.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What happens to children when this JVM ends, by itself or by a signal, without having closed
 * them.
 */
final class Orphans {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final CopyOnWriteArrayList<Runnable> ENDINGS = new CopyOnWriteArrayList<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Orphans::end, "muster-orphans"));
  }

  private Orphans() {}

  /** Killed when the JVM ends. */
  static void watch(Process process) {
    RUNNING.removeIf(earlier -> !earlier.isAlive());
    RUNNING.add(process);
  }

  /** Runs first when the JVM ends: the JVM's own hooks have no order. */
  static void endFirst(Runnable ending) {
    ENDINGS.add(ending);
  }

  private static void end() {
    try {
      ENDINGS.forEach(Runnable::run);
    } finally {
      RUNNING.forEach(Process::destroyForcibly);
    }
  }
}
