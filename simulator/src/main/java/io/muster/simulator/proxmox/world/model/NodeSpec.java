package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Noise;

/**
 * A node's hardware.
 *
 * @param arcBytes size of the ZFS cache; 0 without ZFS
 */
public record NodeSpec(
    String cpuModel,
    int sockets,
    int coresPerSocket,
    int threadsPerCore,
    long memoryBytes,
    long swapBytes,
    long rootBytes,
    long arcBytes,
    int cgroupMode) {
  private static final long GIBI = 1L << 30;

  /** A server as they are bought, sized for as many guests. */
  public static NodeSpec forGuests(int guests, long seed, long node) {
    boolean large = guests > 12 || Noise.unit(seed, node, 41) < 0.4;
    int cores = large ? 32 : 16;
    long memory = (large ? 512 : 256) * GIBI;
    long arc = Noise.unit(seed, node, 42) < 0.5 ? memory / 16 : 0;
    String model = large ? "AMD EPYC 9354 32-Core Processor" : "Intel(R) Xeon(R) Gold 6426Y";
    return new NodeSpec(
        model, large ? 1 : 2, cores / (large ? 1 : 2), 2, memory, 8 * GIBI, 220 * GIBI, arc, 2);
  }

  /** All hardware threads. */
  public int cpus() {
    return sockets * coresPerSocket * threadsPerCore;
  }
}
