package io.muster.simulator.proxmox.world;

import static java.util.stream.Collectors.toSet;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.handlers.ProxmoxHandlers;
import io.muster.simulator.proxmox.world.model.Agenda;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Produced;
import io.muster.simulator.proxmox.world.model.PveVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cluster. It has no threads: whatever has become due is carried out when somebody asks
 * or changes something. All methods may be called from any thread.
 */
public final class ProxmoxWorld {
  private final Cluster cluster;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, Handler> handlers;
  private final Moving moving;

  ProxmoxWorld(Cluster cluster) {
    this.cluster = cluster;
    this.moving = new Moving(cluster);
    Map<String, Handler> guarded = new LinkedHashMap<>();
    ProxmoxHandlers.of(cluster)
        .forEach((route, handler) ->
            guarded.put(route, call -> guarded(handler, call, !route.startsWith("GET "))));
    this.handlers = Map.copyOf(guarded);
  }

  /** A cluster with so many made-up guests, storages and pools. */
  public static ProxmoxWorld demo(WorldSettings settings) {
    Cluster cluster = new Cluster(settings.cluster(), settings.clock());
    new DemoCluster(cluster, settings).furnish();
    return new ProxmoxWorld(cluster);
  }

  /** A cluster with what the builder is told, and nothing else. */
  public static WorldBuilder custom(WorldSettings settings) {
    return new WorldBuilder(settings);
  }

  /** Method and path template, such as {@code GET /cluster/resources}, to what it does. */
  public Map<String, Handler> handlers() {
    return handlers;
  }

  public PveVersion version() {
    return cluster.version();
  }

  /** The members' names, up or down, in their order. */
  public List<String> nodes() {
    return read(c -> c.members().stream().map(Node::name).toList());
  }

  /** Whether the cluster knows the name, also as a folder of a node that is no member. */
  public boolean isNodeKnown(String name) {
    return read(c -> c.node(name) != null);
  }

  /** The names of the members that answer. */
  public Set<String> nodesUp() {
    return read(c -> c.members().stream().filter(Node::isUp).map(Node::name).collect(toSet()));
  }

  /** Whether the node answers; false for an unknown name too. */
  public boolean nodeUp(String name) {
    return read(c -> isUp(c.node(name)));
  }

  private static boolean isUp(@Nullable Node node) {
    return node != null && node.isUp();
  }

  /** Cuts the node's power. */
  public void stopNode(String name) {
    write(c -> c.power().off(name));
  }

  /** Switches the node on; it is up after the boot time. */
  public void startNode(String name) {
    write(c -> c.power().on(name));
  }

  /** Adds a guest that runs, or not. */
  public void addGuest(GuestSettings guest) {
    write(c -> guest.addTo(c, c.now()));
  }

  /** Deletes a guest whatever it does. */
  public void deleteGuest(int vmid) {
    write(c -> c.delete(existing(c, vmid)));
  }

  /** Migrates a guest, live if it runs. */
  public void moveGuest(int vmid, String node) {
    write(c -> c.move(existing(c, vmid), node));
  }

  public void startGuest(int vmid) {
    write(c -> c.start(existing(c, vmid)));
  }

  public void stopGuest(int vmid) {
    write(c -> c.stop(existing(c, vmid)));
  }

  /** Sets the lock's word, such as {@code backup}, or takes it away with null. */
  public void lockGuest(int vmid, @Nullable String word) {
    write(c -> existing(c, vmid).lock(word));
  }

  /** Lets the guest agent inside fall silent, or answer again. */
  public void setAgentAnswers(int vmid, boolean answers) {
    write(c -> existing(c, vmid).agentAnswers(answers));
  }

  /** Lets a node lose sight of a storage, or see it again. */
  public void setStorageActive(String storage, String node, boolean active) {
    write(c -> c.setStorageActive(storage, node, active));
  }

  /** Sets a node's clock so many seconds ahead of the true time, or back with a negative number. */
  public void setClock(String node, long offsetSeconds) {
    write(c -> c.setClock(node, offsetSeconds));
  }

  /** By how much a node's clock is ahead now. */
  public long clockOffsetSeconds(String node) {
    return read(c -> {
      Node known = c.node(node);
      return known == null ? 0 : known.clock().offsetSeconds(c.now());
    });
  }

  /** Lets a guest begin to migrate so often, or none with null. */
  public void moveAbout(@Nullable Duration every) {
    write(c -> moving.every(every));
  }

  /** Lets uptime and counters of a node start anew. */
  public void resetCounters(String node) {
    write(c -> c.resetCounters(node));
  }

  /** Lets uptime and counters of a guest start anew. */
  public void resetCounters(int vmid) {
    write(c -> c.resetCounters(existing(c, vmid)));
  }

  /**
   * Which samples the status daemons took, whatever the API answered: epoch seconds in (from, to],
   * by ids such as {@code node/pve1} and {@code qemu/100}.
   */
  public SortedMap<String, SortedSet<Long>> produced(long fromSecond, long toSecond) {
    return read(c -> Produced.between(c, fromSecond, toSecond));
  }

  /** What the world knows it has. */
  public WorldState state() {
    return read(WorldState::of);
  }

  private static Guest existing(Cluster cluster, int vmid) {
    Guest guest = cluster.guest(vmid);
    if (guest == null) {
      throw new IllegalArgumentException("The simulated cluster has no guest " + vmid);
    }
    return guest;
  }

  private @Nullable Object guarded(Handler handler, Call call, boolean writes) throws ApiException {
    return writes ? written(() -> handler.handle(call)) : asked(() -> handler.handle(call));
  }

  private <T> T read(Function<Cluster, T> question) {
    return asked(() -> question.apply(cluster));
  }

  private void write(Consumer<Cluster> change) {
    written(() -> {
      change.accept(cluster);
      return true;
    });
  }

  /** A question sees all that is due carried out, and one moment. */
  private <T extends @Nullable Object, X extends Throwable> T asked(
      ScopedValue.CallableOp<T, X> question) throws X {
    while (true) {
      lock.readLock().lock();
      try {
        Long moment = cluster.agenda().upToDate();
        if (moment != null) {
          return Agenda.asOf(moment, question);
        }
      } finally {
        lock.readLock().unlock();
      }
      written(() -> true);
    }
  }

  /** A change comes after all that is due, and before all that will be. */
  private <T extends @Nullable Object, X extends Throwable> T written(
      ScopedValue.CallableOp<T, X> change) throws X {
    lock.writeLock().lock();
    try {
      return Agenda.asOf(cluster.agenda().catchUp(), change);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
