package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Curve;
import io.muster.simulator.chance.Noise;

/** What a node does besides its guests; a function of seed, node and time alone. */
final class NodeLoad {
  private static final long GIBI = 1L << 30;

  private final Curve cpu;
  private final Curve memory;
  private final Curve ioWait;
  private final Curve netIn;
  private final Curve netOut;
  private final Curve root;
  private final Curve arc;

  NodeLoad(long seed, long node, NodeSpec spec) {
    cpu = new Curve(0.01 + 0.03 * Noise.unit(seed, node, 51), 1, seed, node + 1);
    memory = new Curve((2.5 + 2 * Noise.unit(seed, node, 52)) * GIBI, 0.2, seed, node + 2);
    ioWait = new Curve(0.001 + 0.01 * Noise.unit(seed, node, 53), 1, seed, node + 3);
    netIn = new Curve(Noise.logarithmic(50e3, 40e6, seed, node, 54), 1, seed, node + 4);
    netOut = new Curve(Noise.logarithmic(50e3, 40e6, seed, node, 55), 1, seed, node + 5);
    root = new Curve((0.1 + 0.3 * Noise.unit(seed, node, 56)) * spec.rootBytes(), 0.02, seed, node);
    arc = new Curve(0.8 * spec.arcBytes(), 0.2, seed, node + 6);
  }

  /** Fraction of all cores. */
  double cpu(long fromMs, long toMs) {
    return cpu.mean(fromMs, toMs);
  }

  double ioWait(long fromMs, long toMs) {
    return ioWait.mean(fromMs, toMs);
  }

  /** Bytes. */
  double memory(long fromMs, long toMs) {
    return memory.mean(fromMs, toMs);
  }

  /** Bytes. */
  double root(long fromMs, long toMs) {
    return root.mean(fromMs, toMs);
  }

  /** Bytes. */
  double arc(long fromMs, long toMs) {
    return arc.mean(fromMs, toMs);
  }

  /** Bytes between two moments. */
  long received(long fromMs, long toMs) {
    return (long) netIn.integral(fromMs, toMs);
  }

  /** Bytes between two moments. */
  long sent(long fromMs, long toMs) {
    return (long) netOut.integral(fromMs, toMs);
  }

  double netInRate(long fromMs, long toMs) {
    return netIn.mean(fromMs, toMs);
  }

  double netOutRate(long fromMs, long toMs) {
    return netOut.mean(fromMs, toMs);
  }
}
