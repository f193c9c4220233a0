package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.Access;
import io.muster.simulator.proxmox.access.AccessControl;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a cluster together. */
final class ClusterAssembly {
  private ClusterAssembly() {}

  /**
   * Starts a cluster; it answers when this returns.
   *
   * @param own threads that end with it, or null
   */
  static SimulatedProxmox start(ProxmoxSettings settings, Engine engine, @Nullable Engine own)
      throws IOException {
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
    CallCounts calls = new CallCounts();
    routes.replaceAll(calls::counting);
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
        world, access, accounts, certificates, faults, calls, listeners, engine, own);
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
}
