package io.muster.simulator;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process takes.
 *
 * @param heapBytes in use, garbage included
 * @param threads of the platform; virtual ones are not counted
 * @param files open descriptors, sockets included; -1 where the system does not tell
 */
record Footprint(long heapBytes, int threads, long files) {
  static Footprint now() {
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(
        runtime.totalMemory() - runtime.freeMemory(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : -1);
  }

  @Override
  public String toString() {
    return "%d MiB of heap in use, %d threads, %d open files"
        .formatted(heapBytes >> 20, threads, files);
  }
}
