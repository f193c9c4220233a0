package io.muster.simulator.proxmox.world.model;

import java.util.function.Supplier;

/**
 * A node to be simulated.
 *
 * @param address as {@code /cluster/status} tells it
 * @param fingerprint asked at each use, so that a certificate can be renewed
 */
public record NodeSettings(String name, String address, Supplier<String> fingerprint) {}
