package io.muster.simulator.kubernetes.store;

import io.muster.simulator.kubernetes.model.Claim;
import io.muster.simulator.kubernetes.model.Deployment;
import io.muster.simulator.kubernetes.model.Event;
import io.muster.simulator.kubernetes.model.Namespace;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.OtherOwner;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import java.time.InstantSource;
import java.util.List;

/** Everything that the cluster's database holds. */
public record Stores(
    Revisions revisions,
    Store<Node> nodes,
    Store<Namespace> namespaces,
    Store<Pod> pods,
    Store<Deployment> deployments,
    Store<ReplicaSet> replicaSets,
    Store<OtherOwner> statefulSets,
    Store<OtherOwner> daemonSets,
    Store<OtherOwner> jobs,
    Store<Event> events,
    Store<Claim> claims) {

  /**
   * Empty ones.
   *
   * @param mostKept so many writes of each kind can be watched afterwards
   */
  public static Stores empty(InstantSource clock, int mostKept) {
    Revisions revisions = new Revisions(clock);
    return new Stores(
        revisions,
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept),
        new Store<>(revisions, mostKept));
  }

  public List<Store<?>> all() {
    return List.of(
        nodes,
        namespaces,
        pods,
        deployments,
        replicaSets,
        statefulSets,
        daemonSets,
        jobs,
        events,
        claims);
  }
}
