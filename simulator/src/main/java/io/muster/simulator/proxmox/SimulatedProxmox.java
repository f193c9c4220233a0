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
import io.muster.simulator.proxmox.tls.ClusterAuthority;
import io.muster.simulator.proxmox.tls.KeyFolder;
import io.muster.simulator.proxmox.tls.NodeCertificate;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  /** Closing must not hang on a handler. */
  private static final long QUIET_SECONDS = 2;

  private final ProxmoxWorld world;
  private final AccessControl access;
  private final Accounts accounts;
  private final ClusterAuthority authority;
  private final Map<String, String> addresses;
  private final Map<String, NodeListener> listeners;
  private final EventLoopGroup loops;
  private final ExecutorService handlers;
  private final ScheduledExecutorService timer;
  private final Faults faults;

  private SimulatedProxmox(
      ProxmoxWorld world,
      AccessControl access,
      Accounts accounts,
      ClusterAuthority authority,
      Map<String, String> addresses,
      Map<String, NodeListener> listeners,
      EventLoopGroup loops,
      ExecutorService handlers,
      ScheduledExecutorService timer,
      Faults faults) {
    this.timer = timer;
    this.faults = faults;
    this.world = world;
    this.access = access;
    this.accounts = accounts;
    this.authority = authority;
    this.addresses = addresses;
    this.listeners = listeners;
    this.loops = loops;
    this.handlers = handlers;
  }

  /** Starts a cluster; it answers when this returns. */
  public static SimulatedProxmox start(ProxmoxSettings settings) throws IOException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    try {
      SimulatedProxmox started = assemble(settings, loops, handlers, timer);
      started.follow();
      started.keepFollowing();
      return started;
    } catch (IOException | RuntimeException e) {
      Future<?> _ = loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS);
      handlers.shutdownNow();
      timer.shutdownNow();
      throw e;
    }
  }

  private static SimulatedProxmox assemble(
      ProxmoxSettings settings,
      EventLoopGroup loops,
      ExecutorService handlers,
      ScheduledExecutorService timer)
      throws IOException {
    List<String> bound = Loopback.addresses(settings.addresses(), settings.nodes().size());
    int port = settings.port() == 0 ? Loopback.freePort(bound) : settings.port();
    List<String> all = Loopback.shared(bound, settings.nodes().size());
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int i = 0; i < settings.nodes().size(); i++) {
      addresses.put(settings.nodes().get(i), all.get(i));
    }
    Certificates tls = Certificates.make(settings, addresses);
    ProxmoxWorld world = world(settings, addresses, tls.byNode());
    Release release = Release.parse(settings.release());
    AccessControl access = new AccessControl(release, settings.clock());
    Accounts accounts = Accounts.create(settings.dataFolder());
    accounts.addTo(access);
    Access login =
        new Access(
            access,
            settings.clock(),
            String.valueOf(world.state().clusterName()),
            settings.detailedUnauthorizedTexts());
    Map<String, Handler> routes = new HashMap<>(world.handlers());
    routes.putAll(CertificateHandlers.of(tls.byNode()));
    routes.putAll(login.handlers());
    Faults faults = new Faults(new ClusterEffects(world), timer);
    ApiProcess.Shared shared =
        new ApiProcess.Shared(
            ApiSchema.of(release),
            login.authenticator(),
            members(world),
            faults,
            routes,
            settings.http());
    Map<String, NodeListener> listeners = new LinkedHashMap<>();
    for (String node : settings.nodes().subList(0, bound.size())) {
      NodeCertificate certificate = tls.of(node);
      listeners.put(
          node,
          new NodeListener(
              Loopback.socket(addresses.getOrDefault(node, ""), port),
              SslContextBuilder.forServer(
                      certificate.key(), certificate.certificate(), certificate.authority())
                  .sslProvider(SslProvider.JDK)
                  .protocols("TLSv1.3", "TLSv1.2")
                  .build(),
              shared.on(node),
              settings.http().withClock(clockOf(node, settings, world)),
              loops,
              handlers));
    }
    return new SimulatedProxmox(
        world,
        access,
        accounts,
        tls.authority(),
        addresses,
        listeners,
        loops,
        handlers,
        timer,
        faults);
  }

  private static ProxmoxWorld world(
      ProxmoxSettings settings,
      Map<String, String> addresses,
      Map<String, NodeCertificate> certificates) {
    List<NodeSettings> members = new ArrayList<>();
    addresses.forEach((node, address) ->
        members.add(
            new NodeSettings(
                node,
                address,
                () -> {
                  NodeCertificate shown = certificates.get(node);
                  return shown == null ? "" : shown.fingerprint();
                })));
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
    return ownUrl(node)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'" + node + "' has no address of its own here: only " + listeners.keySet()));
  }

  /** The same, empty for a node that shares the first one's address. */
  public Optional<URI> ownUrl(String node) {
    NodeListener listener = listeners.get(node);
    return listener == null
        ? Optional.empty()
        : Optional.of(URI.create("https://" + addresses.get(node) + ":" + listener.port()));
  }

  /** The address of every node that has one, in the order of the members. */
  public List<URI> urls() {
    return listeners.keySet().stream().map(this::url).toList();
  }

  /** Names of all members. */
  public List<String> nodes() {
    return world.nodes();
  }

  /** The certificate of the cluster's authority, in PEM. */
  public String authorityPem() {
    return authority.pem();
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
    NodeListener listener = listeners.get(node);
    return listener == null ? 0 : listener.connections();
  }

  /** Cuts a node's power: its connections break and its address refuses when this returns. */
  public void stopNode(String node) {
    world.stopNode(node);
    followQuietly();
  }

  /** Switches a node on; it answers after its boot time. */
  public void startNode(String node) {
    world.startNode(node);
    followQuietly();
  }

  private void keepFollowing() {
    // Not on an event loop: closing a listener waits for one.
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            this::followQuietly, FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void followQuietly() {
    try {
      follow();
    } catch (IOException e) {
      LOG.warn("A node is up but its address is taken", e);
    }
  }

  private synchronized void follow() throws IOException {
    for (Map.Entry<String, NodeListener> entry : listeners.entrySet()) {
      NodeListener listener = entry.getValue();
      boolean up = world.nodeUp(entry.getKey());
      if (up && !listener.isOpen()) {
        listener.open();
      } else if (!up && listener.isOpen()) {
        listener.close();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      listeners.values().forEach(NodeListener::close);
    }
    handlers.shutdownNow();
    loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** The authority and what it gave the nodes. */
  private record Certificates(ClusterAuthority authority, Map<String, NodeCertificate> byNode) {
    static Certificates make(ProxmoxSettings settings, Map<String, String> addresses)
        throws IOException {
      Instant now = settings.clock().instant();
      Path data = settings.dataFolder();
      Map<String, NodeCertificate> made = new LinkedHashMap<>();
      if (data == null) {
        ClusterAuthority authority = ClusterAuthority.create(settings.keys(), now);
        addresses.forEach(
            (node, address) -> made.put(node, authority.issue(node, List.of(address), now)));
        return new Certificates(authority, made);
      }
      KeyFolder folder = new KeyFolder(data.resolve("tls"), settings.keys());
      ClusterAuthority authority = folder.authority(now);
      for (Map.Entry<String, String> node : addresses.entrySet()) {
        made.put(
            node.getKey(), folder.node(authority, node.getKey(), List.of(node.getValue()), now));
      }
      return new Certificates(authority, made);
    }

    NodeCertificate of(String node) {
      NodeCertificate certificate = byNode.get(node);
      if (certificate == null) {
        throw new IllegalStateException("No certificate for " + node);
      }
      return certificate;
    }
  }
}
