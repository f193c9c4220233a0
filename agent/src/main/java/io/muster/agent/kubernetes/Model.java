package io.muster.agent.kubernetes;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.Revision;
import io.muster.agent.provider.VmState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the watches know of a cluster, and what of it nobody was told yet. Thread-safe. */
final class Model {
  private final Kept<Node> nodes = new Kept<>(Node::name);
  private final Kept<Pod> pods = new Kept<>(Pod::id);
  private final Kept<VmState> deployments = new Kept<>(VmState::vmId);
  private final KnownEvents known = new KnownEvents();
  private final List<Event> events = new ArrayList<>();

  Store<Node> nodeStore() {
    return store(nodes);
  }

  Store<Pod> podStore() {
    return store(pods);
  }

  Store<VmState> deploymentStore() {
    return store(deployments);
  }

  /**
   * @param feed each keeps its own set of events
   */
  Store<Event> eventStore(String feed) {
    return new Store<>() {
      @Override
      public void listed(List<Event> all) {
        change(() -> events.addAll(known.listed(feed, all)));
      }

      @Override
      public void seen(Event one) {
        change(() -> events.addAll(known.seen(feed, one)));
      }

      @Override
      public void deleted(Event one) {
        change(() -> known.forget(feed, one));
      }
    };
  }

  private <T> Store<T> store(Kept<T> kept) {
    return new Store<>() {
      @Override
      public void listed(List<T> all) {
        change(() -> kept.listed(all));
      }

      @Override
      public void seen(T one) {
        change(() -> kept.seen(one));
      }

      @Override
      public void deleted(T one) {
        change(() -> kept.deleted(one));
      }
    };
  }

  private synchronized void change(Runnable work) {
    work.run();
    if (hasChanges()) {
      notifyAll();
    }
  }

  /** Blocks until there is something to tell. */
  synchronized void awaitChange() throws InterruptedException {
    while (!hasChanges()) {
      wait();
    }
  }

  private boolean hasChanges() {
    return nodes.hasChanges() || pods.hasChanges() || deployments.hasChanges() || !events.isEmpty();
  }

  synchronized View view() {
    return new View(
        Revision.next(), nodes.all(), pods.all(), List.copyOf(deployments.all().values()));
  }

  /** Events that nobody was told of yet; from now on they are told. */
  synchronized List<Event> takeEvents() {
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** What changed since this was last asked. */
  synchronized Changes takeChanges(Instant at) {
    Map<String, Optional<Node>> changedNodes = nodes.takeChanges();
    List<NodeState> nodeStates = new ArrayList<>();
    Map<String, View.Load> loads = changedNodes.isEmpty() ? Map.of() : view().loads();
    changedNodes.forEach((name, before) -> {
      Node now = nodes.get(name);
      if (now != null) {
        View.Load load = loads.get(name);
        nodeStates.add(now.with(load == null ? 0 : load.running, load == null ? 0 : load.total));
      } else if (before.isPresent()) {
        nodeStates.add(before.get().removed());
      }
    });
    Map<String, Optional<Pod>> changedPods = pods.takeChanges();
    Set<String> heardOf = heardOf(changedNodes);
    if (!heardOf.isEmpty()) {
      pods.all().values().stream()
          .filter(pod -> pod.state().node() != null && heardOf.contains(pod.state().node()))
          .forEach(pod -> changedPods.putIfAbsent(pod.id(), Optional.of(pod)));
    }
    Set<String> lost = View.lost(nodes.all());
    List<VmState> vms = new ArrayList<>();
    collect(vms, changedPods, pods, pod -> View.state(pod, lost), Pod::state);
    collect(vms, deployments.takeChanges(), deployments, state -> state, state -> state);
    return new Changes(at, Revision.next(), nodeStates, vms, takeEvents());
  }

  private static <T> void collect(
      List<VmState> vms,
      Map<String, Optional<T>> changed,
      Kept<T> kept,
      Function<T, VmState> state,
      Function<T, VmState> last) {
    changed.forEach((id, before) -> {
      T now = kept.get(id);
      if (now != null) {
        vms.add(state.apply(now));
      } else if (before.isPresent()) {
        vms.add(States.removed(last.apply(before.get())));
      }
    });
  }

  /** Nodes that fell silent, or are heard of again: their pods' states follow. */
  private Set<String> heardOf(Map<String, Optional<Node>> changed) {
    Set<String> names = new HashSet<>();
    changed.forEach((name, before) -> {
      @Nullable Node now = nodes.get(name);
      if ((now != null && now.lost()) != before.map(Node::lost).orElse(false)) {
        names.add(name);
      }
    });
    return names;
  }
}
