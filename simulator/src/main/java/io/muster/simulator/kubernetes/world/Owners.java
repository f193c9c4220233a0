package io.muster.simulator.kubernetes.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.OtherOwner;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import io.muster.simulator.kubernetes.store.Store;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets what owns a pod look at it soon after it changed. */
final class Owners {
  /** Many changes at once are looked at once. */
  private static final Duration SOON = Duration.ofMillis(20);

  private final Stores stores;
  private final Clockwork clockwork;
  private final Names names;
  private final PodLife life;
  private final DeploymentController deployments;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  Owners(
      Stores stores,
      Clockwork clockwork,
      Names names,
      PodLife life,
      DeploymentController deployments) {
    this.stores = stores;
    this.clockwork = clockwork;
    this.names = names;
    this.life = life;
    this.deployments = deployments;
  }

  void podChanged(Pod pod) {
    Meta.Owner owner = pod.meta().owner();
    if (owner == null) {
      return;
    }
    String namespace = pod.meta().namespace();
    switch (owner.kind()) {
      case "ReplicaSet" -> {
        ReplicaSet set = stores.replicaSets().get(namespace, owner.name());
        Meta.Owner above = set == null ? null : set.meta().owner();
        if (above != null) {
          deploymentChanged(namespace, above.name());
        }
      }
      case "StatefulSet" ->
          soon(pod.meta().key(), () -> restore(stores.statefulSets(), pod, pod.meta().name(), ""));
      case "DaemonSet" ->
          soon(
              pod.meta().key(),
              () ->
                  restore(
                      stores.daemonSets(), pod, owner.name() + "-" + names.letters(5), pod.node()));
      case "Job" -> soon(pod.meta().key(), () -> finish(pod));
      default -> {}
    }
  }

  void deploymentChanged(String namespace, String name) {
    soon("deployment " + Meta.key(namespace, name), () -> deployments.reconcile(namespace, name));
  }

  private void soon(String key, Runnable look) {
    if (waiting.add(key)) {
      clockwork.exactlyAfter(
          SOON,
          () -> {
            waiting.remove(key);
            look.run();
          });
    }
  }

  /** Makes a pod anew that is gone, and counts those that are ready. */
  private void restore(Store<OtherOwner> owners, Pod pod, String name, String node) {
    Meta.Owner by = pod.meta().owner();
    OtherOwner owner = by == null ? null : owners.get(pod.meta().namespace(), by.name());
    if (owner == null) {
      return;
    }
    List<Pod> present =
        stores.pods().all(pod.meta().namespace()).stream()
            .filter(one -> one.meta().isOwnedBy(owner.meta()) && !one.isFinished())
            .toList();
    if (present.size() < owner.wished() && by != null) {
      Pod ended = stores.pods().get(pod.meta().namespace(), name);
      if (ended != null) {
        // One that failed keeps the name until it is taken away.
        life.remove(ended);
        return;
      }
      life.create(by, pod.meta().namespace(), name, owner.template(), node);
    }
    int ready = (int) present.stream().filter(Pod::isReady).count();
    owners.update(owner.meta().namespace(), owner.meta().name(), now -> now.withReady(ready));
  }

  private void finish(Pod pod) {
    Meta.Owner by = pod.meta().owner();
    if (by != null && pod.isFinished()) {
      boolean well = pod.phase().equals(Pod.SUCCEEDED);
      stores
          .jobs()
          .update(
              pod.meta().namespace(),
              by.name(),
              job ->
                  job.finished() == null
                      ? job.finished(well ? job.wished() : 0, stores.revisions().now())
                      : job);
    }
  }
}
