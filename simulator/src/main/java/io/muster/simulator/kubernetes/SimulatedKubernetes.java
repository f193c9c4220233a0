package io.muster.simulator.kubernetes;

import io.muster.simulator.engine.Engine;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Listener;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Accounts.Role;
import io.muster.simulator.kubernetes.api.ApiServer;
import io.muster.simulator.kubernetes.exec.Containers;
import io.muster.simulator.kubernetes.faults.FaultGate;
import io.muster.simulator.kubernetes.faults.KubernetesFaults;
import io.muster.simulator.kubernetes.kubelet.Kubelets;
import io.muster.simulator.kubernetes.store.Stores;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import io.muster.simulator.kubernetes.world.Usage;
import io.muster.simulator.kubernetes.world.WorldSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running cluster. */
public final class SimulatedKubernetes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedKubernetes.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final Engine engine;
  private final String version;
  private final Authority authority;
  private final Accounts accounts;
  private final Kubelets kubelets;
  private final KubernetesWorld world;
  private final ApiServer api;
  private final Containers containers = new Containers();
  private final KubernetesFaults faults;

  /** Faults need what they befall, which needs them: until they are there nothing listens. */
  private final AtomicReference<Handler> gate;

  private final Listener listener;

  private SimulatedKubernetes(KubernetesSettings settings, Engine engine) throws IOException {
    ClusterClock clock = new ClusterClock(settings.world().clock());
    WorldSettings worldSettings = settings.world().withClock(clock);
    this.engine = engine;
    this.version = settings.version();
    this.authority = new Authority(settings.dataFolder(), clock);
    this.kubelets = new Kubelets(worldSettings.nodes(), authority::kubelet, engine, clock);
    this.world =
        new KubernetesWorld(
            Stores.empty(clock, settings.history()), worldSettings, kubelets, engine.timer());
    this.accounts =
        KeptTokens.accounts(settings.dataFolder(), world.firstNamespace(), clock.instant());
    Usage usage =
        new Usage(
            world.stores(), clock, settings.metricsPeriod(), worldSettings.seed(), world::isSilent);
    this.api =
        new ApiServer(world, accounts, usage, version, clock, settings.bookmarks(), containers);
    this.gate = new AtomicReference<>(api);
    this.listener =
        new Listener(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), settings.port()),
            authority::apiServer,
            (request, exchange) -> gate.get().handle(request, exchange),
            engine,
            clock,
            Map.of("Cache-Control", "no-cache, private"));
    this.faults =
        new KubernetesFaults(
            new KubernetesEffects(accounts, api, authority, clock, listener),
            api::cutWatches,
            engine.timer());
    gate.set(new FaultGate(faults, api));
    kubelets.serve(world, accounts, usage, clock);
    listener.open();
  }

  /** Starts a cluster; it answers when this returns. */
  public static SimulatedKubernetes start(KubernetesSettings settings) throws IOException {
    Engine engine = new Engine();
    try {
      return new SimulatedKubernetes(settings, engine);
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Where the API server listens, such as {@code https://127.0.0.1:6443}. */
  public URI url() {
    return URI.create("https://" + LOOPBACK + ":" + listener.port());
  }

  /** The certificate of the cluster's authority, in PEM. */
  public String authorityPem() {
    return authority.pem();
  }

  /** The least RBAC that an agent needs for a whole cluster. */
  public String readerToken() {
    return accounts.token(Role.READER);
  }

  /** The same in one namespace only. */
  public String namespacedToken() {
    return accounts.token(Role.NAMESPACED);
  }

  /** The one namespace of {@link #namespacedToken()}. */
  public String namespace() {
    return world.firstNamespace();
  }

  /** May also delete, restart, scale and open shells. */
  public String operatorToken() {
    return accounts.token(Role.OPERATOR);
  }

  /** May do everything. */
  public String adminToken() {
    return accounts.token(Role.ADMIN);
  }

  /** What kubectl reads, with a token of this cluster. */
  public String kubeConfig(String token) {
    return KubeConfig.of(url(), authorityPem(), token);
  }

  /** Such as {@code 1.36.2}. */
  public String version() {
    return version;
  }

  /** What goes wrong, to be added to and taken from while the cluster runs. */
  public KubernetesFaults faults() {
    return faults;
  }

  /** At most so many writes, the newest first, each with its moment. */
  public List<Map<String, Object>> changes(int most) {
    return Changes.newest(world.stores(), most);
  }

  /** What is behind the API. */
  public KubernetesWorld world() {
    return world;
  }

  /** Calls by path and open watches. */
  public Map<String, Object> statistics() {
    return api.statistics();
  }

  /** Forgets what happened so far: watches from older versions get 410. */
  public void compact() {
    api.compact();
  }

  @Override
  public void close() {
    faults.removeAll();
    listener.close();
    kubelets.close();
    try {
      containers.close();
    } catch (IOException e) {
      LOG.warn("Cannot delete what commands left behind", e);
    }
    engine.close();
  }
}
