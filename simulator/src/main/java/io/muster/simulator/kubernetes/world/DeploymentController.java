package io.muster.simulator.kubernetes.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.Deployment;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings deployments to what is wished, in steps of a quarter. */
final class DeploymentController {
  private static final String CONTROLLER = "deployment-controller";

  /** As {@code maxSurge} and {@code maxUnavailable} are by default: one of so many. */
  private static final int QUARTER = 4;

  /** As {@code progressDeadlineSeconds} is by default. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  static final String DONE = "NewReplicaSetAvailable";
  private static final String UNDER_WAY = "ReplicaSetUpdated";
  private static final String TOO_LATE = "ProgressDeadlineExceeded";

  private final Stores stores;
  private final InstantSource clock;
  private final WorldSettings settings;
  private final Clockwork clockwork;
  private final Recorder recorder;
  private final Names names;
  private final PodLife life;

  DeploymentController(
      Stores stores,
      WorldSettings settings,
      Clockwork clockwork,
      Recorder recorder,
      Names names,
      PodLife life) {
    this.stores = stores;
    this.clock = settings.clock();
    this.settings = settings;
    this.clockwork = clockwork;
    this.recorder = recorder;
    this.names = names;
    this.life = life;
  }

  /** One step; called with the lock of writes held. */
  void reconcile(String namespace, String name) {
    Deployment deployment = stores.deployments().get(namespace, name);
    if (deployment == null) {
      return;
    }
    ReplicaSet newest = newest(deployment);
    if (newest == null) {
      return;
    }
    wish(deployment, newest);
    for (ReplicaSet set : sets(deployment)) {
      follow(set);
    }
    report(deployment, newest.meta().name());
  }

  private List<ReplicaSet> sets(Deployment deployment) {
    return stores.replicaSets().all(deployment.meta().namespace()).stream()
        .filter(set -> set.meta().isOwnedBy(deployment.meta()))
        .sorted(Comparator.comparingInt(ReplicaSet::revision))
        .toList();
  }

  /** The ReplicaSet of the present template, made when there is none. */
  private @Nullable ReplicaSet newest(Deployment deployment) {
    List<ReplicaSet> sets = sets(deployment);
    Meta meta = deployment.meta();
    String name = meta.name() + "-" + ReplicaSets.hash(deployment.template());
    int highest = sets.isEmpty() ? 0 : sets.getLast().revision();
    ReplicaSet present = stores.replicaSets().get(meta.namespace(), name);
    if (present == null) {
      if (deployment.paused()) {
        return sets.isEmpty() ? null : sets.getLast();
      }
      present =
          stores
              .replicaSets()
              .add(
                  ReplicaSets.of(
                      meta, deployment.template(), highest + 1, names.uid(), clock.instant()));
    } else if (present.revision() < highest) {
      present =
          stores.replicaSets().update(meta.namespace(), name, set -> set.withRevision(highest + 1));
    }
    if (present != null) {
      int revision = present.revision();
      stores.deployments().update(meta.namespace(), meta.name(), now -> now.withRevision(revision));
    }
    return present;
  }

  /** Says how many pods each ReplicaSet is to have next. */
  private void wish(Deployment deployment, ReplicaSet newest) {
    int desired = deployment.replicas();
    List<ReplicaSet> old =
        sets(deployment).stream()
            .filter(set -> !set.meta().name().equals(newest.meta().name()) && set.wished() > 0)
            .toList();
    if (old.isEmpty() || deployment.paused()) {
      scale(deployment, newest, desired);
      return;
    }
    int surge = (desired + QUARTER - 1) / QUARTER;
    int total = newest.wished() + old.stream().mapToInt(ReplicaSet::wished).sum();
    int grown = Math.min(desired, newest.wished() + Math.max(0, desired + surge - total));
    scale(deployment, newest, grown);
    int available = newest.ready() + old.stream().mapToInt(ReplicaSet::ready).sum();
    int spare = Math.max(0, available - (desired - desired / QUARTER));
    for (ReplicaSet set : old) {
      int broken = set.wished() - set.ready();
      int less = Math.min(set.wished(), broken + spare);
      spare -= Math.max(0, less - broken);
      scale(deployment, set, set.wished() - less);
    }
  }

  private void scale(Deployment deployment, ReplicaSet set, int wished) {
    if (set.wished() == wished) {
      return;
    }
    stores
        .replicaSets()
        .update(set.meta().namespace(), set.meta().name(), now -> now.withWished(wished));
    recorder.normal(
        deployment,
        "Deployment",
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(
                wished > set.wished() ? "up" : "down", set.meta().name(), set.wished(), wished),
        CONTROLLER);
  }

  /** Makes and ends pods until a ReplicaSet has what it is to have, and counts them. */
  private void follow(ReplicaSet set) {
    List<Pod> active = new ArrayList<>();
    for (Pod pod : stores.pods().all(set.meta().namespace())) {
      if (pod.meta().isOwnedBy(set.meta()) && pod.isActive()) {
        active.add(pod);
      }
    }
    // Who is least use goes first: not placed, not ready, then the youngest.
    active.sort(
        Comparator.comparing((Pod pod) -> !pod.node().isEmpty())
            .thenComparing(Pod::isReady)
            .thenComparing(pod -> pod.meta().created(), Comparator.reverseOrder()));
    Meta.Owner owner = new Meta.Owner("apps/v1", "ReplicaSet", set.meta().name(), set.meta().uid());
    while (active.size() < set.wished()) {
      String name = set.meta().name() + "-" + names.letters(5);
      active.addLast(life.create(owner, set.meta().namespace(), name, set.template(), ""));
      recorder.normal(
          set, "ReplicaSet", "SuccessfulCreate", "Created pod: " + name, "replicaset-controller");
    }
    while (active.size() > set.wished()) {
      Pod pod = active.removeFirst();
      life.delete(pod.meta().namespace(), pod.meta().name(), false);
      recorder.normal(
          set,
          "ReplicaSet",
          "SuccessfulDelete",
          "Deleted pod: " + pod.meta().name(),
          "replicaset-controller");
    }
    int ready = (int) active.stream().filter(Pod::isReady).count();
    int present = active.size();
    stores
        .replicaSets()
        .update(set.meta().namespace(), set.meta().name(), now -> now.seen(present, ready));
  }

  private void report(Deployment deployment, String newest) {
    int replicas = 0;
    int ready = 0;
    int updated = 0;
    for (ReplicaSet set : sets(deployment)) {
      replicas += set.present();
      ready += set.ready();
      updated += set.meta().name().equals(newest) ? set.present() : 0;
    }
    Counts counts = new Counts(replicas, updated, ready);
    Deployment reported =
        stores
            .deployments()
            .update(
                deployment.meta().namespace(),
                deployment.meta().name(),
                now -> now.withStatus(status(now, counts)));
    if (reported != null && reported.status().progress().equals(UNDER_WAY)) {
      clockwork.after(
          DEADLINE.plusSeconds(1),
          () -> reconcile(deployment.meta().namespace(), deployment.meta().name()));
    }
  }

  private record Counts(int replicas, int updated, int ready) {}

  private Deployment.Status status(Deployment deployment, Counts counts) {
    Deployment.Status before = deployment.status();
    int desired = deployment.replicas();
    Instant now = clock.instant();
    boolean available = counts.ready() >= desired - desired / QUARTER;
    boolean moved =
        counts.updated() != before.updated()
            || counts.ready() != before.ready()
            || counts.replicas() != before.replicas()
            || deployment.meta().generation() != before.generation();
    boolean complete =
        counts.updated() == desired && counts.replicas() == desired && counts.ready() >= desired;
    String progress = before.progress();
    if (complete) {
      progress = DONE;
    } else if (!progress.equals(DONE) || counts.replicas() != counts.updated()) {
      boolean late = !moved && before.progressed().plus(settings.paced(DEADLINE)).isBefore(now);
      progress = late ? TOO_LATE : moved ? UNDER_WAY : progress;
    }
    return new Deployment.Status(
        deployment.meta().generation(),
        counts.replicas(),
        counts.updated(),
        counts.ready(),
        available,
        progress,
        moved || !progress.equals(before.progress()) ? now : before.progressed(),
        available == before.available() ? before.availableSince() : now);
  }
}
