package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Curve;
import io.muster.simulator.chance.Noise;

/** How busy a guest is while it runs; a function of seed, guest and time alone. */
final class GuestLoad {
  private static final double BYTES_PER_SECOND_LOW = 400;
  private static final double BYTES_PER_SECOND_HIGH = 4_000_000;

  private final Curve cpu;
  private final Curve memory;
  private final Curve netIn;
  private final Curve netOut;
  private final Curve diskRead;
  private final Curve diskWrite;
  private final double diskShare;

  GuestLoad(long seed, int vmid) {
    cpu = new Curve(Noise.logarithmic(0.01, 0.45, seed, vmid, 11), 1, seed, 16L * vmid);
    memory = new Curve(0.25 + 0.4 * Noise.unit(seed, vmid, 12), 0.2, seed, 16L * vmid + 1);
    netIn = traffic(seed, vmid, 2);
    netOut = traffic(seed, vmid, 3);
    diskRead = traffic(seed, vmid, 4);
    diskWrite = traffic(seed, vmid, 5);
    diskShare = 0.15 + 0.6 * Noise.unit(seed, vmid, 13);
  }

  private static Curve traffic(long seed, int vmid, int which) {
    double base =
        Noise.logarithmic(BYTES_PER_SECOND_LOW, BYTES_PER_SECOND_HIGH, seed, vmid, 20 + which);
    return new Curve(base, 1, seed, 16L * vmid + which);
  }

  /** Fraction of all vCPUs. */
  double cpu(long fromMs, long toMs) {
    return cpu.mean(fromMs, toMs);
  }

  /** Fraction of the memory. */
  double memory(long fromMs, long toMs) {
    return memory.mean(fromMs, toMs);
  }

  /** Fraction of a container's root file system, which fills slowly. */
  double disk() {
    return diskShare;
  }

  Counters grown(Counters base, long fromMs, long toMs) {
    return new Counters(
        base.netIn() + (long) netIn.integral(fromMs, toMs),
        base.netOut() + (long) netOut.integral(fromMs, toMs),
        base.diskRead() + (long) diskRead.integral(fromMs, toMs),
        base.diskWrite() + (long) diskWrite.integral(fromMs, toMs));
  }

  /** Bytes per second, as RRD has them. */
  Rates rates(long fromMs, long toMs) {
    return new Rates(
        netIn.mean(fromMs, toMs),
        netOut.mean(fromMs, toMs),
        diskRead.mean(fromMs, toMs),
        diskWrite.mean(fromMs, toMs));
  }
}
