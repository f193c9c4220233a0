package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Curve;
import io.muster.simulator.chance.Noise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A storage as the cluster's configuration has it, and what lies in it. */
public final class Storage {
  private final String id;
  private final String plugin;
  private final String content;
  private final boolean shared;
  private final long totalBytes;
  private final long seed;
  private final List<Volume> volumes = new ArrayList<>();
  private final Set<String> inactiveOn = new HashSet<>();

  /**
   * A storage.
   *
   * @param plugin such as {@code dir}, {@code lvmthin}, {@code nfs}, {@code rbd}
   * @param content comma-separated kinds it may hold
   * @param totalBytes on each node, or in all when shared
   */
  public Storage(
      String id, String plugin, String content, boolean shared, long totalBytes, long seed) {
    this.id = id;
    this.plugin = plugin;
    this.content = content;
    this.shared = shared;
    this.totalBytes = totalBytes;
    this.seed = seed;
  }

  public String id() {
    return id;
  }

  public String plugin() {
    return plugin;
  }

  public String content() {
    return content;
  }

  public boolean holds(String kind) {
    return List.of(content.split(",", -1)).contains(kind);
  }

  public boolean isShared() {
    return shared;
  }

  public long totalBytes() {
    return totalBytes;
  }

  /** Fills slowly and is emptied again; the same from every node when shared. */
  public long usedBytes(String node, long ms) {
    long place = Noise.of(shared ? id : id + "@" + node);
    Curve used = new Curve(0.2 + 0.5 * Noise.unit(seed, place, 61), 0.05, seed, place);
    return (long) (totalBytes * used.at(ms));
  }

  /** Whether the node can reach it. */
  public boolean isActive(String node) {
    return !inactiveOn.contains(node);
  }

  void active(String node, boolean active) {
    if (active) {
      inactiveOn.remove(node);
    } else {
      inactiveOn.add(node);
    }
  }

  /** What a node sees in it. */
  public List<Volume> volumes(String node) {
    return volumes.stream().filter(v -> v.node() == null || v.node().equals(node)).toList();
  }

  public List<Volume> volumes() {
    return Collections.unmodifiableList(volumes);
  }

  public void add(Volume volume) {
    volumes.add(volume);
  }

  public void remove(Volume volume) {
    volumes.remove(volume);
  }

  /** Takes away the disks of a deleted guest; its backups stay. */
  void removeDisksOf(int vmid) {
    volumes.removeIf(volume -> volume.vmid() == vmid && !volume.content().equals("backup"));
  }
}
