package io.muster.simulator.kubernetes.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Kubelets that are heard, fall silent and are heard again. */
final class NodeLife {
  private static final String CONTROLLER = "node-controller";

  /** As a kubelet does when nothing changed. */
  private static final Duration REPORT = Duration.ofMinutes(5);

  /** As pods tolerate an unreachable node by default. */
  private static final Duration TOLERATED = Duration.ofMinutes(5);

  private final Stores stores;
  private final WorldSettings settings;
  private final Clockwork clockwork;
  private final Recorder recorder;
  private final PodLife life;
  private final Set<String> silent = ConcurrentHashMap.newKeySet();

  NodeLife(
      Stores stores, WorldSettings settings, Clockwork clockwork, Recorder recorder, PodLife life) {
    this.stores = stores;
    this.settings = settings;
    this.clockwork = clockwork;
    this.recorder = recorder;
    this.life = life;
    clockwork.every(REPORT, this::report);
  }

  private void report() {
    Instant now = settings.clock().instant();
    for (Node node : stores.nodes().all(null)) {
      if (!silent.contains(node.meta().name())) {
        stores.nodes().update("", node.meta().name(), one -> one.heard(now));
      }
    }
  }

  boolean isSilent(String node) {
    return silent.contains(node);
  }

  /** Lets a kubelet be heard no more; the control plane believes in it for a while. */
  void silence(String name) {
    if (silent.add(name)) {
      clockwork.exactlyAfter(settings.nodeGrace(), () -> lose(name));
    }
  }

  private void lose(String name) {
    if (!silent.contains(name)) {
      return;
    }
    Instant now = settings.clock().instant();
    Node node = stores.nodes().update("", name, one -> one.lost(true, now));
    if (node == null) {
      return;
    }
    recorder.normal(
        node, "Node", "NodeNotReady", "Node " + name + " status is now: NodeNotReady", CONTROLLER);
    for (Pod pod : on(name)) {
      life.reachable(pod, false);
      recorder.record(pod, "Pod", true, "NodeNotReady", "Node is not ready", CONTROLLER, "");
    }
    clockwork.after(TOLERATED, () -> giveUp(name));
  }

  private void giveUp(String name) {
    Node node = stores.nodes().get("", name);
    if (node == null || !node.lost()) {
      return;
    }
    for (Pod pod : on(name)) {
      Meta.Owner owner = pod.meta().owner();
      if (pod.isActive() && (owner == null || !owner.kind().equals("DaemonSet"))) {
        life.loseNode(pod);
        recorder.normal(
            pod,
            "Pod",
            "TaintManagerEviction",
            "Marking for deletion Pod %s/%s".formatted(pod.meta().namespace(), pod.meta().name()),
            "taint-eviction-controller");
      }
    }
  }

  /** Lets it be heard again: it goes on with what is still its own. */
  void recover(String name) {
    if (!silent.remove(name)) {
      return;
    }
    locked(() -> {
      Instant now = settings.clock().instant();
      Node before = stores.nodes().get("", name);
      if (before == null || !before.lost()) {
        return;
      }
      Node node = stores.nodes().update("", name, one -> one.heard(now).lost(false, now));
      if (node != null) {
        recorder.record(
            node,
            "Node",
            false,
            "NodeReady",
            "Node " + name + " status is now: NodeReady",
            "kubelet",
            name);
      }
      for (Pod pod : on(name)) {
        if (pod.meta().deleted() == null) {
          life.reachable(pod, true);
        } else {
          life.remove(pod);
        }
      }
    });
  }

  private List<Pod> on(String node) {
    return stores.pods().all(null).stream()
        .filter(pod -> pod.node().equals(node) && !pod.isFinished())
        .toList();
  }

  private void locked(Runnable deed) {
    stores.revisions().lock().lock();
    try {
      deed.run();
    } finally {
      stores.revisions().lock().unlock();
    }
  }
}
