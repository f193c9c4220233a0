package io.muster.simulator.proxmox.world.model;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes, guests, storages and what becomes of them. Guarded by the world's lock. */
public final class Cluster {
  /** Beats are a little late, and a guest that has left must be found while the export has it. */
  private static final int GENERATIONS_REMEMBERED = Sampling.GENERATIONS + 5;

  /** Guests come up one after another after their node. */
  private static final long AUTOSTART_MS = 3_000;

  private final ClusterSettings settings;
  private final Agenda agenda;
  private final ClusterLog log = new ClusterLog();
  private final Tasks tasks;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<Integer, Guest> guests = new TreeMap<>();
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, Pool> pools = new TreeMap<>();
  private final List<Map<String, Object>> backupJobs = new ArrayList<>();
  private final Residents residents;

  /** A group of guests. */
  public record Pool(String id, String comment) {}

  public Cluster(ClusterSettings settings, InstantSource clock) {
    this.settings = settings;
    this.agenda = new Agenda(clock);
    this.tasks = new Tasks(agenda, settings.taskPace(), log);
    this.residents =
        new Residents(agenda, GENERATIONS_REMEMBERED * settings.samplePeriod().toMillis());
  }

  public ClusterSettings settings() {
    return settings;
  }

  public PveVersion version() {
    return settings.version();
  }

  public Agenda agenda() {
    return agenda;
  }

  /** Epoch milliseconds. */
  public long now() {
    return agenda.now();
  }

  public Tasks tasks() {
    return tasks;
  }

  public ClusterLog log() {
    return log;
  }

  // Nodes

  public Node addNode(NodeSettings node, NodeSpec spec, boolean member) {
    long since = settings.historyFrom().toEpochMilli();
    long age = Math.max(0, now() - since);
    long booted =
        since + (long) (age * 0.5 * Noise.unit(settings.seed(), Noise.of(node.name()), 5));
    Node added =
        new Node(
            node,
            nodes.size() + 1,
            spec,
            settings.seed(),
            settings.samplePeriod().toMillis(),
            booted,
            member);
    nodes.put(node.name(), added);
    return added;
  }

  /** Also folders of nodes that are no members. */
  public @Nullable Node node(String name) {
    return nodes.get(name);
  }

  public Collection<Node> allNodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  public List<Node> members() {
    return nodes.values().stream().filter(Node::isMember).toList();
  }

  /** More than half of the members are on. */
  public boolean isQuorate() {
    List<Node> members = members();
    return members.stream().filter(Node::isUp).count() * 2 > members.size();
  }

  /** Cuts the power: its workers die, its guests are gone until somebody starts it again. */
  public void stopNode(String name) {
    Node node = existing(name);
    if (!node.isUp()) {
      return;
    }
    long now = now();
    tasks.crash(name);
    node.powerOff(now);
    guestsOn(name).stream().filter(g -> g.state().isAlive()).forEach(g -> g.vanished(now));
    log.add(now, name, "pmxcfs", 5, "root@pam", "[status] notice: node lost");
  }

  /** Switches a node on: it answers after the boot time; guests that ran before come up again. */
  public void startNode(String name) {
    Node node = existing(name);
    if (node.isUp() || node.isBooting() || !node.isMember()) {
      return;
    }
    node.booting(true);
    agenda.at(now() + settings.bootTime().toMillis(), () -> booted(node));
  }

  private void booted(Node node) {
    node.booting(false);
    node.powerOn(now());
    for (Guest guest : guestsOn(node.name())) {
      if (guest.state() == RunState.ABSENT) {
        guest.stopped(now(), node.name());
        agenda.at(now() + AUTOSTART_MS, () -> autostart(guest, node));
      }
    }
  }

  private static boolean isThere(Guest guest, Node node) {
    return node.isUp() && guest.node().equals(node.name());
  }

  private void autostart(Guest guest, Node node) {
    if (isThere(guest, node) && guest.state() == RunState.STOPPED && exists(guest)) {
      guest.started(now(), node.name());
    }
  }

  private Node existing(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("The simulated cluster has no node " + name);
    }
    return node;
  }

  // Guests

  /** A stopped guest, of which the cluster's memory knows nothing yet. */
  public Guest addGuest(int vmid, GuestType type, String node, Map<String, Object> config) {
    return addGuest(vmid, type, node, config, RunState.STOPPED, now(), now());
  }

  /** A guest with a past: there since one moment and, if alive, running since another. */
  public Guest addGuest(
      int vmid,
      GuestType type,
      String node,
      Map<String, Object> config,
      RunState state,
      long sinceMs,
      long startedMs) {
    existing(node);
    if (guests.containsKey(vmid)) {
      throw new IllegalArgumentException("The simulated cluster has a guest " + vmid + " already");
    }
    RunState first = state.isAlive() ? RunState.STOPPED : state;
    Span span = new Span(sinceMs, node, first, 0, Counters.ZERO);
    Guest guest =
        new Guest(vmid, type, sinceMs, new GuestConfig(type, config), settings.seed(), span);
    if (state.isAlive()) {
      guest.started(startedMs, node);
    }
    guests.put(vmid, guest);
    residents.entered(guest, node);
    return guest;
  }

  public @Nullable Guest guest(int vmid) {
    return guests.get(vmid);
  }

  /** Ordered by number. */
  public Collection<Guest> guests() {
    return Collections.unmodifiableCollection(guests.values());
  }

  public boolean exists(Guest guest) {
    return guests.get(guest.vmid()) == guest;
  }

  /** Those whose configuration lies there now. */
  public List<Guest> guestsOn(String node) {
    return residents.now(node);
  }

  Residents residents() {
    return residents;
  }

  /** The lowest free number. */
  public int nextFreeId() {
    int free = 100;
    while (guests.containsKey(free)) {
      free++;
    }
    return free;
  }

  public void start(Guest guest) {
    if (guest.state() == RunState.STOPPED) {
      guest.started(now(), guest.node());
    }
  }

  public void stop(Guest guest) {
    if (guest.state().isAlive()) {
      guest.stopped(now(), guest.node());
    }
  }

  public void pause(Guest guest) {
    if (guest.state() == RunState.RUNNING) {
      guest.paused(now());
    }
  }

  public void resume(Guest guest) {
    if (guest.state() == RunState.PAUSED) {
      guest.resumed(now());
    }
  }

  /** Live if its process exists; that on the new node counts from zero. */
  public void move(Guest guest, String target) {
    Node node = existing(target);
    String from = guest.node();
    if (from.equals(target)) {
      return;
    }
    residents.entered(guest, target);
    guest.moved(now(), target, node.isUp());
    residents.left(guest, from);
  }

  public void delete(Guest guest) {
    guest.vanished(now());
    guests.remove(guest.vmid());
    storages.values().forEach(storage -> storage.removeDisksOf(guest.vmid()));
    residents.departed(guest);
  }

  /** A node's uptime and counters start anew. */
  public void resetCounters(String node) {
    existing(node).resetCounters(now());
  }

  /** A guest's uptime and counters start anew; nothing happens while it is stopped. */
  public void resetCounters(Guest guest) {
    guest.resetCounters(now());
  }

  /** Sets a node's clock so many seconds ahead of the true time, or back with a negative number. */
  public void setClock(String node, long offsetSeconds) {
    existing(node).clock().set(now(), offsetSeconds);
  }

  // Storages, pools, backup jobs

  public void addStorage(Storage storage) {
    storages.put(storage.id(), storage);
  }

  public @Nullable Storage storage(String id) {
    return storages.get(id);
  }

  public Collection<Storage> storages() {
    return Collections.unmodifiableCollection(storages.values());
  }

  /** Lets a node lose sight of a storage, or see it again. */
  public void setStorageActive(String storage, String node, boolean active) {
    Storage known = storages.get(storage);
    if (known == null) {
      throw new IllegalArgumentException("The simulated cluster has no storage " + storage);
    }
    known.active(existing(node).name(), active);
  }

  public void addPool(Pool pool) {
    pools.put(pool.id(), pool);
  }

  public void removePool(String id) {
    pools.remove(id);
  }

  public @Nullable Pool pool(String id) {
    return pools.get(id);
  }

  public Collection<Pool> pools() {
    return Collections.unmodifiableCollection(pools.values());
  }

  public void addBackupJob(Map<String, Object> job) {
    backupJobs.add(Map.copyOf(job));
  }

  public List<Map<String, Object>> backupJobs() {
    return Collections.unmodifiableList(backupJobs);
  }
}
