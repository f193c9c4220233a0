package io.muster.simulator.proxmox.world.model;

/** A node's averages over a stretch: fractions, bytes, bytes per second. */
public record NodeMean(
    double cpu,
    double ioWait,
    double memUsed,
    double swapUsed,
    double rootUsed,
    double arc,
    double netIn,
    double netOut) {}
