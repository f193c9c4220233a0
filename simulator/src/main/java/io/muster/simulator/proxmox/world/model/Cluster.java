package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Noise;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes and guests and what becomes of them. Guarded by the world's lock. */
public final class Cluster {
  /** Beats are a little late, and a guest that has left must be found while the export has it. */
  private static final int GENERATIONS_REMEMBERED = Sampling.GENERATIONS + 5;

  private final ClusterSettings settings;
  private final Agenda agenda;
  private final ClusterLog log = new ClusterLog();
  private final Tasks tasks;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<Integer, Guest> guests = new TreeMap<>();
  private final Facilities facilities = new Facilities();
  private final Residents residents;
  private final Power power = new Power(this);

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

  public Facilities facilities() {
    return facilities;
  }

  /** Switches nodes off and on. */
  public Power power() {
    return power;
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

  /** A node that must be there. */
  Node existing(String name) {
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
    facilities.storages().forEach(storage -> storage.removeDisksOf(guest.vmid()));
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

  /** Lets a node lose sight of a storage, or see it again. */
  public void setStorageActive(String storage, String node, boolean active) {
    facilities.existing(storage).active(existing(node).name(), active);
  }

  /** Sets a node's clock so many seconds ahead of the true time, or back with a negative number. */
  public void setClock(String node, long offsetSeconds) {
    existing(node).clock().set(now(), offsetSeconds);
  }
}
