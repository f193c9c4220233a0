package io.muster.simulator.proxmox.world.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a guest.
 *
 * @param parent name of the snapshot before it, or null for the first
 * @param withMemory whether the RAM was saved too
 */
public record Snapshot(
    String name,
    long timeSeconds,
    String description,
    boolean withMemory,
    @Nullable String parent,
    Map<String, Object> config) {
  public Snapshot {
    config = Map.copyOf(config);
  }
}
