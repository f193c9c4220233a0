package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.Access;
import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.faults.Faults;
import io.muster.simulator.proxmox.http.ApiProcess;
import io.muster.simulator.proxmox.http.Members;
import io.muster.simulator.proxmox.http.NodeListener;
import io.muster.simulator.proxmox.schema.ApiSchema;
import io.muster.simulator.proxmox.schema.Release;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.PveVersion;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running cluster: one TLS listener a node over one world. Where the system has only 127.0.0.1,
 * one listener stands for all, and the other nodes are reached through the first.
 */
public final class SimulatedProxmox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedProxmox.class);

  /** How soon a listener follows its node up or down when the world did it by itself. */
  private static final long FOLLOW_MILLIS = 50;

  private final ProxmoxWorld world;
  private final AccessControl access;
  private final Accounts accounts;
  private final Certificates certificates;
  private final Faults faults;
  private final Listeners listeners;
  private final Future<?> following;
  private final @Nullable Engine own;

  private SimulatedProxmox(
      ProxmoxWorld world,
      AccessControl access,
      Accounts accounts,
      Certificates certificates,
      Faults faults,
      Listeners listeners,
      Engine engine,
      @Nullable Engine own) {
    this.world = world;
    this.access = access;
    this.accounts = accounts;
    this.certificates = certificates;
    this.faults = faults;
    this.listeners = listeners;
    this.own = own;
    // Not on an event loop: closing a listener waits for one.
    this.following =
        engine
            .timer()
            .scheduleWithFixedDelay(
                this::follow, FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts a cluster on threads of its own; it answers when this returns. */
  public static SimulatedProxmox start(ProxmoxSettings settings) throws IOException {
    Engine engine = new Engine();
    try {
      return start(settings, engine, engine);
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Starts a cluster on threads that others may use too and that outlive it. */
  public static SimulatedProxmox start(ProxmoxSettings settings, Engine engine) throws IOException {
    return start(settings, engine, null);
  }

  private static SimulatedProxmox start(
      ProxmoxSettings settings, Engine engine, @Nullable Engine own) throws IOException {
    List<String> bound = Loopback.addresses(settings.addresses(), settings.nodes().size());
    int port = settings.port() == 0 ? Loopback.freePort(bound) : settings.port();
    Map<String, String> addresses = addresses(settings.nodes(), bound);
    Certificates certificates = Certificates.make(settings, addresses);
    ProxmoxWorld world = world(settings, addresses, certificates);
    Release release = Release.parse(settings.release());
    AccessControl access = new AccessControl(release, settings.clock());
    Accounts accounts = Accounts.create(settings.dataFolder());
    accounts.addTo(access);
    Faults faults =
        new Faults(new ClusterEffects(world, access, accounts, certificates), engine.timer());
    Access login =
        new Access(
            access,
            settings.clock(),
            String.valueOf(world.state().clusterName()),
            settings.detailedUnauthorizedTexts());
    Map<String, Handler> routes = new HashMap<>(world.handlers());
    routes.computeIfPresent(
        ExportThroughPeers.METHOD,
        (method, export) ->
            new ExportThroughPeers(
                export, world.nodes(), faults, exportPatience(settings, world.version())));
    routes.putAll(CertificateHandlers.of(certificates));
    routes.putAll(login.handlers());
    ApiProcess.Shared shared =
        new ApiProcess.Shared(
            ApiSchema.of(release),
            login.authenticator(),
            members(world),
            faults,
            routes,
            settings.http());
    Map<String, NodeListener> byNode = new LinkedHashMap<>();
    for (String node : settings.nodes().subList(0, bound.size())) {
      byNode.put(
          node,
          new NodeListener(
              Loopback.socket(addresses.getOrDefault(node, ""), port),
              () -> certificates.presented(node),
              shared.on(node),
              settings.http().withClock(clockOf(node, settings, world)),
              engine.loops(),
              engine.handlers()));
    }
    Listeners listeners = new Listeners(byNode);
    try {
      listeners.follow(world.nodesUp());
    } catch (IOException e) {
      listeners.close();
      throw e;
    }
    return new SimulatedProxmox(
        world, access, accounts, certificates, faults, listeners, engine, own);
  }

  private static Map<String, String> addresses(List<String> nodes, List<String> bound) {
    List<String> all = Loopback.shared(bound, nodes.size());
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      addresses.put(nodes.get(i), all.get(i));
    }
    return addresses;
  }

  /** Since 9.0.8 it is 20 s; never more than a node waits for its peers anyway. */
  private static Duration exportPatience(ProxmoxSettings settings, PveVersion version) {
    Duration patience = Duration.ofSeconds(version.isNine() ? 20 : 5);
    Duration most = settings.http().peerTimeout();
    return patience.compareTo(most) < 0 ? patience : most;
  }

  private static ProxmoxWorld world(
      ProxmoxSettings settings, Map<String, String> addresses, Certificates certificates) {
    List<NodeSettings> members = new ArrayList<>();
    addresses.forEach((node, address) ->
        members.add(new NodeSettings(node, address, () -> certificates.fingerprint(node))));
    var maker = settings.world();
    return maker == null
        ? ProxmoxWorld.demo(settings.worldSettings(members))
        : maker.apply(members);
  }

  private static InstantSource clockOf(String node, ProxmoxSettings settings, ProxmoxWorld world) {
    return () -> settings.clock().instant().plusSeconds(world.clockOffsetSeconds(node));
  }

  private static Members members(ProxmoxWorld world) {
    return new Members() {
      @Override
      public boolean isMember(String node) {
        return world.isNodeKnown(node);
      }

      @Override
      public boolean isUp(String node) {
        return world.nodeUp(node);
      }
    };
  }

  /** Where a node listens, such as {@code https://127.0.10.1:18006}. */
  public URI url(String node) {
    return listeners.url(node);
  }

  /** The same, empty for a node that shares the first one's address. */
  public Optional<URI> ownUrl(String node) {
    return listeners.ownUrl(node);
  }

  /** The address of every node that has one, in the order of the members. */
  public List<URI> urls() {
    return listeners.urls();
  }

  /** Names of all members. */
  public List<String> nodes() {
    return world.nodes();
  }

  /** The certificate of the cluster's authority, in PEM. */
  public String authorityPem() {
    return certificates.authority().pem();
  }

  /** Reads everything and changes nothing: {@code PVEAuditor} on {@code /}. */
  public ApiToken readerToken() {
    return accounts.reader();
  }

  /** May also act on guests. */
  public ApiToken actorToken() {
    return accounts.actor();
  }

  /** For logins of {@code root@pam} with a ticket. */
  public String rootPassword() {
    return accounts.rootPassword();
  }

  /** Users, tokens and grants, to be added to and changed while the cluster runs. */
  public AccessControl access() {
    return access;
  }

  /** What goes wrong, to be added to and taken from while the cluster runs. */
  public Faults faults() {
    return faults;
  }

  public ProxmoxWorld world() {
    return world;
  }

  /** How many clients are connected to a node's own address. */
  public int connections(String node) {
    return listeners.connections(node);
  }

  /** TLS handshakes of all nodes so far, those that resumed a session too. */
  public long handshakes() {
    return listeners.handshakes();
  }

  /** Cuts a node's power: its connections break and its address refuses when this returns. */
  public void stopNode(String node) {
    world.stopNode(node);
    follow();
  }

  /** Switches a node on; it answers after its boot time. */
  public void startNode(String node) {
    world.startNode(node);
    follow();
  }

  private void follow() {
    try {
      listeners.follow(world.nodesUp());
    } catch (IOException e) {
      LOG.warn("A node is up but its address is taken", e);
    }
  }

  @Override
  public void close() {
    following.cancel(false);
    faults.removeAll();
    listeners.close();
    if (own != null) {
      own.close();
    }
  }
}
