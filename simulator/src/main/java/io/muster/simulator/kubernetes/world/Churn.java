package io.muster.simulator.kubernetes.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.OtherOwner;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.PodTemplate;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Pods that come and go: one of a deployment is replaced, a job runs, in turn. */
final class Churn {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** As a CronJob keeps its last ones; here in all. */
  private static final int JOBS_KEPT = 20;

  private static final Duration JOB_RUNS = Duration.ofSeconds(20);

  private final Stores stores;
  private final WorldSettings settings;
  private final Clockwork clockwork;
  private final Names names;
  private final PodLife life;
  private final Deque<OtherOwner> ran = new ArrayDeque<>();
  private long turn;

  Churn(Stores stores, WorldSettings settings, Clockwork clockwork, Names names, PodLife life) {
    this.stores = stores;
    this.settings = settings;
    this.clockwork = clockwork;
    this.names = names;
    this.life = life;
  }

  void begin() {
    if (settings.churnPerMinute() > 0) {
      clockwork.every(MINUTE.dividedBy(settings.churnPerMinute()), this::step);
    }
  }

  private void step() {
    if (++turn % 2 == 0) {
      replace();
    } else {
      run();
    }
  }

  private void replace() {
    String namespace =
        Blueprints.namespace(Noise.below(settings.namespaces(), settings.seed(), turn, 41));
    List<Pod> pods = stores.pods().all(namespace);
    if (pods.isEmpty()) {
      return;
    }
    Pod pod = pods.get(Noise.below(pods.size(), settings.seed(), turn, 42));
    Meta.Owner owner = pod.meta().owner();
    if (pod.isActive() && owner != null && owner.kind().equals("ReplicaSet")) {
      life.delete(namespace, pod.meta().name(), false);
    }
  }

  private void run() {
    Instant now = settings.clock().instant();
    String namespace = Blueprints.namespace((int) (turn % settings.namespaces()));
    String name = "tick-" + now.getEpochSecond() / 60 + "-" + names.letters(5);
    Map<String, String> labels = Map.of("app", "tick");
    PodTemplate template = Blueprints.template("tick", labels, 0, "Never");
    OtherOwner job =
        stores
            .jobs()
            .add(
                new OtherOwner(
                    Meta.of(namespace, name, names.uid(), now, labels).withGeneration(1),
                    "Job",
                    labels,
                    template,
                    1,
                    0,
                    null));
    Meta.Owner owner = new Meta.Owner("batch/v1", "Job", name, job.meta().uid());
    Pod pod = life.create(owner, namespace, name + "-" + names.letters(5), template, "");
    clockwork.after(JOB_RUNS, () -> life.complete(pod));
    ran.addLast(job);
    if (ran.size() > JOBS_KEPT) {
      forget(ran.removeFirst());
    }
  }

  private void forget(OtherOwner job) {
    Meta meta = job.meta();
    stores.jobs().remove(meta.namespace(), meta.name());
    stores.pods().all(meta.namespace()).stream()
        .filter(pod -> pod.meta().isOwnedBy(meta))
        .forEach(life::remove);
  }
}
