package io.muster.simulator.proxmox.world.model;

/** Bytes per second, as the guest sees the direction. */
public record Rates(double netIn, double netOut, double diskRead, double diskWrite) {}
