package io.muster.simulator.proxmox.world.model;

/**
 * What a node measured of a guest at one moment. All zero for a stopped one.
 *
 * @param cpu fraction of all vCPUs
 * @param memHost what the host spends, bytes; 0 for containers
 * @param disk used bytes of a container's root file system; 0 for VMs, whose inside is unknown
 * @param pressure share of time in which something waited, percent
 */
public record GuestSample(
    RunState state,
    long uptimeSeconds,
    double cpu,
    long mem,
    long memHost,
    long disk,
    double pressure,
    Counters counters) {}
