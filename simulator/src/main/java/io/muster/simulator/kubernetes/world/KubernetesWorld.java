package io.muster.simulator.kubernetes.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Store;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The cluster behind the API server: what happens by itself, and what is done to it. */
public final class KubernetesWorld {
  /** As an API server by default: what is older can't be watched any more. */
  private static final Duration HISTORY = Duration.ofMinutes(5);

  private static final Duration CLEANING = Duration.ofSeconds(30);

  private final Stores stores;
  private final WorldSettings settings;
  private final PodLife life;
  private final NodeLife nodes;
  private final Owners owners;

  /**
   * A cluster that has run for weeks.
   *
   * @param kubelets where the nodes' kubelets are
   * @param timer runs what is due
   */
  public KubernetesWorld(
      Stores stores,
      WorldSettings settings,
      DemoWorld.Kubelets kubelets,
      ScheduledExecutorService timer) {
    this.stores = stores;
    this.settings = settings;
    Names names = new Names(settings.seed());
    new DemoWorld(stores, settings, names).fill(kubelets);
    Clockwork clockwork = new Clockwork(timer, settings.pace(), stores.revisions().lock());
    Recorder recorder = new Recorder(stores.events(), settings.clock(), names);
    this.life = new PodLife(stores, settings.clock(), clockwork, recorder, names, this::podChanged);
    DeploymentController deployments =
        new DeploymentController(stores, settings, clockwork, recorder, names, life);
    this.owners = new Owners(stores, clockwork, names, life, deployments);
    this.nodes = new NodeLife(stores, settings, clockwork, recorder, life);
    clockwork.every(
        CLEANING,
        () -> {
          recorder.forget();
          stores
              .all()
              .forEach(store -> store.compactBefore(settings.clock().instant().minus(HISTORY)));
        });
    new Churn(stores, settings, clockwork, names, life).begin();
  }

  private void podChanged(Pod pod) {
    owners.podChanged(pod);
  }

  public Stores stores() {
    return stores;
  }

  /** The namespace of the account that sees one only. */
  public String firstNamespace() {
    return Blueprints.namespace(0);
  }

  /** Whether a node's kubelet does not answer. */
  public boolean isSilent(String node) {
    return nodes.isSilent(node);
  }

  /** Lets a node's kubelet be heard no more. */
  public void silence(String node) {
    require(node);
    nodes.silence(node);
  }

  /** Lets a node's kubelet be heard again. */
  public void recover(String node) {
    require(node);
    nodes.recover(node);
  }

  private void require(String node) {
    if (stores.nodes().get("", node) == null) {
      throw new IllegalArgumentException(
          "No node '%s': there are node-1 to node-%d".formatted(node, settings.nodes()));
    }
  }

  /** What can be done to a pod through the control endpoint. */
  public enum PodDeed {
    CRASH("its first container fails again and again"),
    OOM("its first container is killed for its memory again and again"),
    EVICT("its node evicts it"),
    PEND("no node has room for it"),
    IMAGE_PULL("its image can't be had"),
    DELETE("it is deleted as through the API"),
    COMPLETE("its program ends well"),
    RECOVER("it runs and is ready, whatever ailed it");

    private final String does;

    PodDeed(String does) {
      this.does = does;
    }

    /** One sentence for the help. */
    public String does() {
      return does;
    }
  }

  /** Does something to a pod. */
  public void befall(String namespace, String name, PodDeed deed) {
    stores.revisions().lock().lock();
    try {
      Pod pod = stores.pods().get(namespace, name);
      if (pod == null) {
        throw new IllegalArgumentException("No pod '" + name + "' in '" + namespace + "'");
      }
      switch (deed) {
        case CRASH -> life.crash(pod, "Error", 1);
        case OOM -> life.crash(pod, "OOMKilled", 137);
        case EVICT -> life.evict(pod);
        case PEND -> life.pend(pod);
        case IMAGE_PULL -> life.pullFails(pod);
        case DELETE -> life.delete(namespace, name, false);
        case COMPLETE -> life.complete(pod);
        case RECOVER -> life.recover(pod);
      }
    } finally {
      stores.revisions().lock().unlock();
    }
  }

  /** Begins to end a pod, or ends it at once; null when there is none. */
  public @Nullable Pod deletePod(String namespace, String name, boolean atOnce) {
    stores.revisions().lock().lock();
    try {
      return life.delete(namespace, name, atOnce);
    } finally {
      stores.revisions().lock().unlock();
    }
  }

  /** Lets the controller look at a deployment whose wishes changed. */
  public void deploymentChanged(String namespace, String name) {
    owners.deploymentChanged(namespace, name);
  }

  /** All pods. */
  public Store<Pod> pods() {
    return stores.pods();
  }
}
