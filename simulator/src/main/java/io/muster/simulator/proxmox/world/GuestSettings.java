package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guest to be added.
 *
 * @param config as its configuration file has it: {@code name} (LXC: {@code hostname}), {@code
 *     memory}, {@code cores}, disks, {@code tags}, {@code agent} …
 * @param lock such as {@code backup}, or null
 * @param agentAnswers whether the guest agent inside answers while it runs
 * @param ignoresPowerButton whether a shutdown request goes unheard, as at a boot loader
 */
public record GuestSettings(
    int vmid,
    GuestType type,
    String node,
    boolean running,
    Map<String, Object> config,
    @Nullable String lock,
    @Nullable String pool,
    boolean agentAnswers,
    boolean ignoresPowerButton) {
  public GuestSettings {
    config = Map.copyOf(config);
  }

  /** A VM with the given configuration, without lock, pool and answering agent. */
  public static GuestSettings vm(
      int vmid, String node, boolean running, Map<String, Object> config) {
    return new GuestSettings(vmid, GuestType.QEMU, node, running, config, null, null, false, false);
  }

  /** A container with the given configuration, without lock and pool. */
  public static GuestSettings container(
      int vmid, String node, boolean running, Map<String, Object> config) {
    return new GuestSettings(vmid, GuestType.LXC, node, running, config, null, null, false, false);
  }

  public GuestSettings locked(String word) {
    return new GuestSettings(
        vmid, type, node, running, config, word, pool, agentAnswers, ignoresPowerButton);
  }

  public GuestSettings inPool(String id) {
    return new GuestSettings(
        vmid, type, node, running, config, lock, id, agentAnswers, ignoresPowerButton);
  }

  public GuestSettings withAgent() {
    return new GuestSettings(
        vmid, type, node, running, config, lock, pool, true, ignoresPowerButton);
  }

  /** A shutdown request goes unheard, as at a boot loader. */
  public GuestSettings ignoringPowerButton() {
    return new GuestSettings(vmid, type, node, running, config, lock, pool, agentAnswers, true);
  }

  /** Adds it as being there, and perhaps running, since a moment. */
  Guest addTo(Cluster cluster, long sinceMs) {
    RunState state = running ? RunState.RUNNING : RunState.STOPPED;
    Map<String, Object> copy = new LinkedHashMap<>(config);
    Guest guest = cluster.addGuest(vmid, type, node, copy, state, sinceMs, sinceMs);
    guest.lock(lock);
    guest.pool(pool);
    guest.agentAnswers(agentAnswers);
    guest.ignoresPowerButton(ignoresPowerButton);
    return guest;
  }
}
