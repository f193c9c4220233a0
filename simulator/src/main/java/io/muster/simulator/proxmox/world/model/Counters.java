package io.muster.simulator.proxmox.world.model;

/** A guest's cumulative bytes since its process started, as the guest sees the direction. */
public record Counters(long netIn, long netOut, long diskRead, long diskWrite) {
  static final Counters ZERO = new Counters(0, 0, 0, 0);
}
