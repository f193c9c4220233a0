package io.muster.simulator.kubernetes.api;

import io.muster.simulator.kubernetes.store.Stores;
import java.util.List;

/** Everything that the API serves. */
final class Catalog {
  private Catalog() {}

  static List<Served<?>> of(Stores stores, String version) {
    return List.of(
        new Served<>(new NodeKind(version), stores.nodes()),
        new Served<>(new NamespaceKind(), stores.namespaces()),
        new Served<>(new PodKind(stores.nodes()), stores.pods()),
        new Served<>(new EventKind(false), stores.events()),
        new Served<>(new EventKind(true), stores.events()),
        new Served<>(new ClaimKind(), stores.claims()),
        new Served<>(new DeploymentKind(), stores.deployments()),
        new Served<>(new ReplicaSetKind(), stores.replicaSets()),
        new Served<>(OtherOwnerKind.statefulSets(), stores.statefulSets()),
        new Served<>(OtherOwnerKind.daemonSets(), stores.daemonSets()),
        new Served<>(OtherOwnerKind.jobs(), stores.jobs()));
  }
}
