package io.muster.simulator.kubernetes.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.ContainerState.Terminated;
import io.muster.simulator.kubernetes.model.ContainerState.Waiting;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.PodTemplate;
import io.muster.simulator.kubernetes.store.Store;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What scheduler and kubelets do to pods, from the first moment to the last. */
final class PodLife {
  private static final String KUBELET = "kubelet";
  private static final Duration SCHEDULING = Duration.ofMillis(200);
  private static final Duration TERMINATING = Duration.ofMillis(1500);

  /** From a container's end to the word that it will be started later. */
  private static final Duration NOTICING = Duration.ofSeconds(2);

  /** The pause before a container is started again, doubled each time, and its most. */
  private static final Duration BACK_OFF = Duration.ofSeconds(10);

  private static final int MOST_DOUBLINGS = 5;

  private final Store<Pod> pods;
  private final Store<Node> nodes;
  private final InstantSource clock;
  private final Clockwork clockwork;
  private final Recorder recorder;
  private final Names names;
  private final Consumer<Pod> changed;
  private long placed;

  /**
   * @param changed told of each pod that owners may want to look at
   */
  PodLife(
      Stores stores,
      InstantSource clock,
      Clockwork clockwork,
      Recorder recorder,
      Names names,
      Consumer<Pod> changed) {
    this.pods = stores.pods();
    this.nodes = stores.nodes();
    this.clock = clock;
    this.clockwork = clockwork;
    this.recorder = recorder;
    this.names = names;
    this.changed = changed;
  }

  /**
   * Makes a pod, which runs a little later.
   *
   * @param node where it has to run; empty: anywhere
   */
  Pod create(Meta.Owner owner, String namespace, String name, PodTemplate template, String node) {
    Meta meta =
        Meta.of(namespace, name, names.uid(), clock.instant(), template.labels()).withOwner(owner);
    Pod pod =
        pods.add(
            new Pod(meta, template, "", Pod.PENDING, new Waiting("", ""), null, 0, null, "", ""));
    clockwork.after(SCHEDULING, () -> schedule(pod, node));
    return pod;
  }

  private void schedule(Pod pod, String wanted) {
    String node = wanted.isEmpty() ? room() : wanted;
    if (node == null) {
      change(pod, now -> now.because("", "0/%d nodes are available".formatted(nodes.size())));
      recorder.record(
          pod,
          "Pod",
          true,
          "FailedScheduling",
          "0/%d nodes are available: no node is ready.".formatted(nodes.size()),
          "default-scheduler",
          "");
      clockwork.after(BACK_OFF, () -> schedule(pod, wanted));
      return;
    }
    Pod bound =
        change(
            pod,
            now ->
                now.onNode(node, clock.instant())
                    .in(Pod.PENDING, new Waiting("ContainerCreating", "")));
    if (bound != null) {
      recorder.normal(
          bound,
          "Pod",
          "Scheduled",
          "Successfully assigned %s/%s to %s"
              .formatted(bound.meta().namespace(), bound.meta().name(), node),
          "default-scheduler");
      long thing = bound.meta().uid().getLeastSignificantBits();
      clockwork.after(Duration.ofMillis(800 + Noise.below(1500, thing, 5, 0)), () -> start(bound));
    }
  }

  private @Nullable String room() {
    List<String> ready =
        nodes.all(null).stream()
            .filter(node -> !node.lost() && !node.unschedulable())
            .map(node -> node.meta().name())
            .toList();
    int first = ready.size() > 1 ? 1 : 0;
    return ready.isEmpty() ? null : ready.get(first + (int) (placed++ % (ready.size() - first)));
  }

  private void start(Pod pod) {
    Pod running =
        change(
            pod,
            now ->
                now.meta().deleted() == null
                        && now.state() instanceof Waiting(String reason, String _)
                        && reason.equals("ContainerCreating")
                    ? now.in(Pod.RUNNING, new Running(clock.instant(), true))
                    : now);
    if (running != null && running.phase().equals(Pod.RUNNING)) {
      for (ContainerSpec container : running.template().containers()) {
        told(running, false, "Started", "Started container " + container.name());
      }
    }
  }

  /** Begins to end a pod; whoever owns it makes another one. */
  @Nullable Pod delete(String namespace, String name, boolean atOnce) {
    Pod pod = pods.get(namespace, name);
    if (pod == null) {
      return null;
    }
    if (atOnce) {
      remove(pod);
      return pod;
    }
    if (pod.meta().deleted() != null) {
      return pod;
    }
    Pod ending = change(pod, now -> now.withMeta(now.meta().withDeleted(clock.instant())));
    if (ending != null && !pod.isFinished()) {
      told(
          ending,
          false,
          "Killing",
          "Stopping container " + pod.template().containers().getFirst().name());
    }
    if (!isLost(pod.node())) {
      clockwork.after(TERMINATING, () -> remove(pod));
    }
    return ending;
  }

  /** Takes a pod away that has ended. */
  void remove(Pod pod) {
    Pod now = pods.get(pod.meta().namespace(), pod.meta().name());
    if (now != null && now.meta().uid().equals(pod.meta().uid())) {
      pods.remove(pod.meta().namespace(), pod.meta().name());
      changed.accept(pod);
    }
  }

  private boolean isLost(String name) {
    Node node = nodes.get("", name);
    return node != null && node.lost();
  }

  /** Lets its first container end with a failure, again and again. */
  void crash(Pod pod, String reason, int exitCode) {
    Instant at = clock.instant();
    if (pod.template().restartPolicy().equals("Never")) {
      change(pod, now -> now.in(Pod.FAILED, new Terminated(reason, exitCode, since(now), at)));
      return;
    }
    change(pod, now -> now.in(Pod.RUNNING, new Terminated(reason, exitCode, since(now), at)));
    clockwork.after(NOTICING, () -> backOff(pod, 0));
  }

  private static Instant since(Pod pod) {
    return pod.state() instanceof Running(Instant since, boolean _)
        ? since
        : pod.started() == null ? pod.meta().created() : pod.started();
  }

  private void backOff(Pod pod, int round) {
    Pod waiting =
        change(
            pod,
            now -> {
              Terminated last = now.state() instanceof Terminated ended ? ended : now.last();
              boolean goesOn =
                  now.meta().deleted() == null
                      && last != null
                      && !now.isFinished()
                      && !now.isReady();
              if (!goesOn || last == null) {
                return now;
              }
              Terminated again =
                  round == 0
                      ? last
                      : new Terminated(
                          last.reason(),
                          last.exitCode(),
                          clock.instant().minusSeconds(1),
                          clock.instant());
              return now.restarted(again, now.restarts() + 1)
                  .in(Pod.RUNNING, Trouble.crashLoop(now, round));
            });
    if (waiting != null && waiting.state() instanceof Waiting) {
      told(
          waiting,
          true,
          "BackOff",
          "Back-off restarting failed container "
              + waiting.template().containers().getFirst().name()
              + " in pod "
              + waiting.meta().name()
              + "_"
              + waiting.meta().namespace()
              + "("
              + waiting.meta().uid()
              + ")");
      clockwork.after(
          BACK_OFF.multipliedBy(1L << Math.min(round, MOST_DOUBLINGS)),
          () -> backOff(pod, round + 1));
    }
  }

  /** Lets its image be missing. */
  void pullFails(Pod pod) {
    String image = pod.template().containers().getFirst().image();
    change(
        pod,
        now ->
            now.in(
                Pod.PENDING,
                new Waiting(
                    "ErrImagePull",
                    "failed to pull and unpack image \"" + image + "\": not found")));
    told(pod, true, "Failed", "Failed to pull image \"" + image + "\": not found");
    clockwork.after(
        NOTICING,
        () ->
            change(
                pod,
                now ->
                    now.state() instanceof Waiting(String reason, String _)
                            && reason.equals("ErrImagePull")
                        ? Trouble.IMAGE_PULL.befall(now, clock.instant())
                        : now));
  }

  /** Lets its node need room. */
  void evict(Pod pod) {
    Pod evicted = change(pod, now -> Trouble.EVICT.befall(now, clock.instant()));
    if (evicted != null) {
      told(evicted, true, "Evicted", evicted.message());
    }
  }

  /** Lets no node have room for it. */
  void pend(Pod pod) {
    Pod pending = change(pod, now -> Trouble.PEND.befall(now, clock.instant()));
    if (pending != null) {
      recorder.record(
          pending, "Pod", true, "FailedScheduling", pending.message(), "default-scheduler", "");
    }
  }

  /** Lets its program end well. */
  void complete(Pod pod) {
    change(
        pod,
        now -> now.in(Pod.SUCCEEDED, new Terminated("Completed", 0, since(now), clock.instant())));
  }

  /** Lets it run and be ready, whatever ailed it. */
  void recover(Pod pod) {
    String node = pod.node().isEmpty() ? room() : pod.node();
    Instant at = clock.instant();
    change(
        pod,
        now ->
            now.onNode(node == null ? "" : node, at)
                .because("", "")
                .in(Pod.RUNNING, new Running(at, true)));
  }

  /** Whether its node hears of it no more, or again. */
  void reachable(Pod pod, boolean is) {
    change(
        pod,
        now ->
            now.state() instanceof Running(Instant since, boolean ready) && ready != is
                ? now.in(now.phase(), new Running(since, is))
                : now);
  }

  /** Gives a pod up whose node is silent for too long. */
  void loseNode(Pod pod) {
    change(
        pod,
        now ->
            now.withMeta(now.meta().withDeleted(clock.instant()))
                .because(
                    "NodeLost",
                    "Node %s which was running pod %s is unresponsive"
                        .formatted(now.node(), now.meta().name())));
  }

  private void told(Pod pod, boolean warning, String reason, String message) {
    recorder.record(pod, "Pod", warning, reason, message, KUBELET, pod.node());
  }

  /** Changes a pod if it is still the same one. */
  private @Nullable Pod change(Pod pod, UnaryOperator<Pod> change) {
    Pod after =
        pods.update(
            pod.meta().namespace(),
            pod.meta().name(),
            now -> now.meta().uid().equals(pod.meta().uid()) ? change.apply(now) : now);
    if (after == null || !after.meta().uid().equals(pod.meta().uid())) {
      return null;
    }
    changed.accept(after);
    return after;
  }
}
