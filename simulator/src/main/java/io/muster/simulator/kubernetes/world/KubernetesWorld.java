package io.muster.simulator.kubernetes.world;

import io.muster.simulator.kubernetes.store.Stores;

/** The cluster behind the API server. */
public final class KubernetesWorld {
  private final Stores stores;
  private final WorldSettings settings;
  private final Names names;

  /**
   * A cluster that has run for weeks.
   *
   * @param kubelets where the nodes' kubelets are
   */
  public KubernetesWorld(Stores stores, WorldSettings settings, DemoWorld.Kubelets kubelets) {
    this.stores = stores;
    this.settings = settings;
    this.names = new Names(settings.seed());
    new DemoWorld(stores, settings, names).fill(kubelets);
  }

  public Stores stores() {
    return stores;
  }

  WorldSettings settings() {
    return settings;
  }

  Names names() {
    return names;
  }

  /** The namespace of the account that sees one only. */
  public String firstNamespace() {
    return Blueprints.namespace(0);
  }
}
