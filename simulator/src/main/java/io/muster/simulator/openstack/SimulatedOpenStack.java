package io.muster.simulator.openstack;

import io.muster.simulator.engine.Engine;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Listener;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.Tokens;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Gateway;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.compute.Nova;
import io.muster.simulator.openstack.faults.FaultGate;
import io.muster.simulator.openstack.faults.OpenStackFaults;
import io.muster.simulator.openstack.identity.Keystone;
import io.muster.simulator.openstack.image.Glance;
import io.muster.simulator.openstack.network.Neutron;
import io.muster.simulator.openstack.placement.Placement;
import io.muster.simulator.openstack.volume.Cinder;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A running cloud. */
public final class SimulatedOpenStack implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Engine engine;
  private final String region;
  private final CloudAuthority authority;
  private final OpenStackWorld world;
  private final Accounts accounts;
  private final Gateway gateway;
  private final Listener listener;
  private final OpenStackFaults faults;

  private SimulatedOpenStack(OpenStackSettings settings, Engine engine) throws IOException {
    InstantSource clock = settings.world().clock();
    this.engine = engine;
    this.region = settings.region();
    this.authority = CloudAuthority.of(settings.dataFolder(), clock.instant());
    this.world = new OpenStackWorld(settings.world(), engine.timer());
    this.accounts = DemoAccounts.of(world.cloud(), new KeptSecrets(settings.dataFolder()));
    Tokens tokens = new Tokens(clock, settings.tokenLifetime());
    Conditions conditions = new Conditions(settings.world().pace());
    AtomicReference<Handler> gate = new AtomicReference<>();
    this.listener =
        new Listener(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), settings.port()),
            authority::api,
            (request, exchange) -> gate.get().handle(request, exchange),
            engine,
            clock,
            Map.of());
    this.gateway =
        new Gateway(
            routes(settings, tokens, conditions),
            () -> base(listener),
            settings.computeMicroversion(),
            tokens,
            conditions,
            clock);
    this.faults =
        new OpenStackFaults(
            new OpenStackEffects(world, accounts, tokens, conditions, listener), engine.timer());
    gate.set(new FaultGate(faults, gateway));
    listener.open();
  }

  private Map<Service, List<Route>> routes(
      OpenStackSettings settings, Tokens tokens, Conditions conditions) {
    Cloud cloud = world.cloud();
    Map<Service, List<Route>> routes = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      routes.put(
          service,
          switch (service) {
            case IDENTITY -> new Keystone(cloud, accounts, tokens, conditions, region).routes();
            case COMPUTE -> new Nova(world, conditions, settings.computeMicroversion()).routes();
            case PLACEMENT -> new Placement(cloud).routes();
            case IMAGE -> new Glance(cloud).routes();
            case VOLUME -> new Cinder(cloud).routes();
            case NETWORK -> new Neutron(cloud).routes();
          });
    }
    return routes;
  }

  private static String base(Listener listener) {
    return "https://" + LOOPBACK + ":" + listener.port();
  }

  /** Starts a cloud; it answers when this returns. */
  public static SimulatedOpenStack start(OpenStackSettings settings) throws IOException {
    Engine engine = new Engine();
    try {
      return new SimulatedOpenStack(settings, engine);
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Where Keystone is, such as {@code https://127.0.0.1:5000/identity/v3}. */
  public URI authUrl() {
    return URI.create(base(listener) + Service.IDENTITY.endpoint());
  }

  public String region() {
    return region;
  }

  /** The certificate of the cloud's authority, in PEM. */
  public String authorityPem() {
    return authority.pem();
  }

  /** Who may come in. */
  public Accounts accounts() {
    return accounts;
  }

  /** What goes wrong, to be added to and taken from while the cloud runs. */
  public OpenStackFaults faults() {
    return faults;
  }

  /** What is behind the API. */
  public OpenStackWorld world() {
    return world;
  }

  /** How often what was called, by method and path. */
  public Map<String, Long> calls() {
    return gateway.calls();
  }

  @Override
  public void close() {
    faults.removeAll();
    listener.close();
    engine.close();
  }
}
