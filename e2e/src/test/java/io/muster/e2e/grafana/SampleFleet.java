package io.muster.e2e.grafana;

import io.muster.e2e.grafana.Seed.Server;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small company with something of everything: each provider, each state of a server, a name with
 * a quote, a node that is down, full disks, backups, failures, two agents.
 */
final class SampleFleet {
  static final Server BERLIN = Server.of("berlin", "proxmox", "pve-berlin");
  static final Server QUOTED = Server.of("munich", "proxmox", "O'Hara's \"pve\"");
  static final Server CLUSTER = Server.of("berlin", "kubernetes", "k8s-prod");
  static final Server CLOUD = Server.of("munich", "openstack", "cloud");

  /**
   * Of another site, with the name of one in Berlin and nodes and storages called alike. In
   * maintenance.
   */
  static final Server NAMESAKE = Server.of("munich", "proxmox", "pve-berlin");

  static final Server DISABLED = Server.of("berlin", "proxmox", "pve-old");

  /** Removed an hour ago: nothing shall show it as being there. */
  static final Server REMOVED = Server.of("munich", "proxmox", "pve-gone");

  static final List<Server> POLLED = List.of(BERLIN, QUOTED, CLUSTER, CLOUD, NAMESAKE);

  private static final List<String> SITES = List.of("berlin", "munich");
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** How long after it was seen a state counts as now, less the time that a test may take. */
  private static final Duration BEAT = Duration.ofSeconds(60);

  private final Seed seed;
  private final SampleRows rows;
  private final SampleKubernetes kubernetes;
  private final SampleOpenStack openStack;
  private Instant lastBeat = Instant.EPOCH;

  record Node(Server server, String name, String status, double load) {}

  record Vm(
      Server server, String id, String name, String node, String type, String status, double load) {
    boolean runs() {
      return status.equals("running");
    }

    Vm in(String otherStatus) {
      return new Vm(server, id, name, node, type, otherStatus, load);
    }
  }

  /**
   * @param node null when several see it
   */
  record Store(
      Server server, @Nullable String node, String name, String kind, String status, double full) {}

  private static final List<Node> NODES =
      List.of(
          new Node(BERLIN, "pve1", "online", 0.35),
          new Node(BERLIN, "pve2", "online", 0.95),
          new Node(BERLIN, "pve3", "offline", 0),
          new Node(NAMESAKE, "pve1", "online", 0.9),
          new Node(QUOTED, "pve'1", "online", 0.6));

  private static final List<Vm> VMS =
      List.of(
          new Vm(BERLIN, "qemu:100", "web", "pve1", "qemu", "running", 0.3),
          new Vm(BERLIN, "qemu:101", "it's a \"db\"", "pve2", "qemu", "running", 0.97),
          new Vm(BERLIN, "lxc:102", "cache", "pve3", "lxc", "unknown", 0),
          new Vm(QUOTED, "qemu:100", "web", "pve'1", "qemu", "stopped", 0),
          new Vm(QUOTED, "qemu:102", "app", "pve'1", "qemu", "running", 0.4),
          new Vm(QUOTED, "lxc:101", "mail", "pve'1", "lxc", "paused", 0.05));

  private static final List<Store> STORES =
      List.of(
          new Store(BERLIN, "pve1", "local", "dir", "available", 0.95),
          new Store(BERLIN, "pve2", "local", "dir", "available", 0.4),
          new Store(NAMESAKE, "pve1", "local", "dir", "available", 0.5),
          new Store(BERLIN, null, "nas", "nfs", "unavailable", 0),
          new Store(QUOTED, "pve'1", "tank's", "zfspool", "available", 0.7));

  SampleFleet(Seed seed) {
    this.seed = seed;
    this.rows = new SampleRows(seed);
    this.kubernetes = new SampleKubernetes(seed, CLUSTER);
    this.openStack = new SampleOpenStack(seed, CLOUD);
  }

  /** Six days by the hour, one by five minutes, the last half hour by the interval. */
  SampleFleet sow() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    var dayAgo = now.minus(Duration.ofDays(1));
    var halfHourAgo = now.minus(Duration.ofMinutes(30));
    Seed.every(Duration.ofHours(1), hour.minus(Duration.ofDays(5)), dayAgo, this::poll);
    Seed.every(Duration.ofMinutes(5), dayAgo, halfHourAgo, this::poll);
    Seed.every(INTERVAL, halfHourAgo, now, this::poll);
    Seed.every(Duration.ofMinutes(10), now.minus(Duration.ofHours(6)), now, this::states);
    rows.vmState(VMS.getFirst().in("paused"), now.minus(Duration.ofHours(3)).plusSeconds(1));
    seed.row("server_states", REMOVED, dayAgo).set("state", "active");
    seed.row("server_states", REMOVED, now.minusSeconds(3600)).set("state", "removed");
    rows.events(List.of(BERLIN, QUOTED), now);
    kubernetes.events(now);
    openStack.events(now);
    rows.thresholds(dayAgo);
    seed.settle();
    beat();
    seed.refreshHourly();
    return this;
  }

  /** Makes all of it "now" again: states age while tests run. */
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    if (Duration.between(lastBeat, now).compareTo(BEAT) < 0) {
      return;
    }
    poll(now);
    states(now);
    seed.settle();
    lastBeat = now;
  }

  private void poll(Instant ts) {
    POLLED.forEach(server -> rows.attempt(server, ts, failure(server, ts)));
    for (var node : NODES) {
      if (node.load() > 0) {
        rows.node(node, ts);
      }
    }
    VMS.stream().filter(Vm::runs).forEach(vm -> rows.vm(vm, ts));
    kubernetes.samples(ts);
    openStack.samples(ts);
    for (var store : STORES) {
      rows.storage(store, ts);
    }
    for (var site : SITES) {
      rows.agent(site, ts);
    }
  }

  private void states(Instant ts) {
    for (var server : POLLED) {
      rows.server(server, ts, server.equals(NAMESAKE) ? "maintenance" : "active");
    }
    rows.server(DISABLED, ts, "disabled");
    for (var server : List.of(BERLIN, QUOTED)) {
      rows.cluster(server, ts);
    }
    for (var node : NODES) {
      rows.nodeState(node, ts);
    }
    for (var vm : VMS) {
      rows.vmState(vm, ts);
    }
    kubernetes.states(ts);
    openStack.states(ts);
  }

  private static @Nullable String failure(Server server, Instant ts) {
    if (server.equals(CLUSTER)) {
      return "UNREACHABLE";
    }
    var now = server.equals(QUOTED) && ts.getEpochSecond() % 7 == 0;
    return now ? "DEADLINE_EXCEEDED" : null;
  }
}
