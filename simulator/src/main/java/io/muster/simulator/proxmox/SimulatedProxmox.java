package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.faults.Faults;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import java.io.IOException;
import java.net.URI;
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
  private final CallCounts calls;
  private final Listeners listeners;
  private final Future<?> following;
  private final @Nullable Engine own;

  /**
   * A cluster that listens already.
   *
   * @param own threads that end with it, or null
   */
  SimulatedProxmox(
      ProxmoxWorld world,
      AccessControl access,
      Accounts accounts,
      Certificates certificates,
      Faults faults,
      CallCounts calls,
      Listeners listeners,
      Engine engine,
      @Nullable Engine own) {
    this.world = world;
    this.access = access;
    this.accounts = accounts;
    this.certificates = certificates;
    this.faults = faults;
    this.calls = calls;
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
      return ClusterAssembly.start(settings, engine, engine);
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Starts a cluster on threads that others may use too and that outlive it. */
  public static SimulatedProxmox start(ProxmoxSettings settings, Engine engine) throws IOException {
    return ClusterAssembly.start(settings, engine, null);
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

  /**
   * How often each method was carried out so far, by method and path template; those never called
   * are left out.
   */
  public Map<String, Long> calls() {
    return calls.soFar();
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
