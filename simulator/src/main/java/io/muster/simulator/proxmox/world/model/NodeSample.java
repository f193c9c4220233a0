package io.muster.simulator.proxmox.world.model;

/**
 * What a node measured of itself at one moment. Bytes, fractions of all cores, percent of pressure.
 *
 * @param netIn received since boot
 * @param netOut sent since boot
 */
public record NodeSample(
    long uptimeSeconds,
    double cpu,
    double ioWait,
    double load1,
    double load5,
    double load15,
    long memUsed,
    long swapUsed,
    long rootUsed,
    long netIn,
    long netOut) {}
