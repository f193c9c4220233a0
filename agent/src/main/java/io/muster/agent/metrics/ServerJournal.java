package io.muster.agent.metrics;

import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The states of one server, its nodes and its VMs: which of them make a row. Thread-safe. */
final class ServerJournal {
  private static final ServerFacts NO_FACTS =
      new ServerFacts(null, null, null, null, null, null, null);

  private final StateLog<NodeState> nodes;
  private final StateLog<VmState> vms;
  private Origin origin;
  private @Nullable Written lastState;
  private boolean removed;
  private Set<String> saved = Set.of();
  private @Nullable Origin savedOrigin;

  ServerJournal(Origin origin) {
    int seed = origin.serverId().hashCode();
    this.origin = origin;
    this.nodes = new StateLog<>(StateKinds.NODE, seed);
    this.vms = new StateLog<>(StateKinds.VM, seed);
  }

  private record Written(Origin origin, ServerState state, Instant tick) {}

  static ServerJournal restored(KnownObjects known) {
    ServerJournal journal = new ServerJournal(known.origin());
    known.nodes().forEach(node -> journal.nodes.restore(node.state()));
    known.vms().forEach(vm -> journal.vms.restore(vm.state()));
    journal.markSaved();
    return journal;
  }

  /** Rows of the states that are due; none once the server was removed. */
  synchronized List<Row<?>> snapshot(Origin from, Instant tick, Snapshot snapshot) {
    if (removed) {
      return List.of();
    }
    origin = from;
    return rows(
        nodes.observe(tick, snapshot.revision(), snapshot.nodes(), snapshot.nodesComplete()),
        vms.observe(tick, snapshot.revision(), snapshot.vms(), snapshot.vmsComplete()));
  }

  /** Rows of what changed between two polls; none once the server was removed. */
  synchronized List<Row<?>> changes(Origin from, Changes changes) {
    if (removed) {
      return List.of();
    }
    origin = from;
    return rows(
        nodes.change(changes.at(), changes.revision(), changes.nodes()),
        vms.change(changes.at(), changes.revision(), changes.vms()));
  }

  synchronized List<Row<?>> state(Origin from, Instant tick, ServerState state) {
    origin = from;
    if (state.lifecycle() == Lifecycle.REMOVED) {
      return remove(tick, state);
    }
    removed = false;
    Written last = lastState;
    boolean same = last != null && last.origin().equals(from) && last.state().equals(state);
    if (last != null
        && same
        && !StateLog.isHeartbeatDue(from.serverId().hashCode(), last.tick(), tick)) {
      return List.of();
    }
    lastState = new Written(from, state, tick);
    return List.of(new Row<>(Tables.SERVER_STATES, from, tick, state));
  }

  /** The server has left the inventory: a last row of it and of all that was known of it. */
  synchronized List<Row<?>> remove(Instant tick) {
    Written last = lastState;
    ServerState state =
        last == null
            ? new ServerState(Lifecycle.REMOVED, null, Duration.ZERO, NO_FACTS, List.of())
            : new ServerState(
                Lifecycle.REMOVED,
                null,
                last.state().interval(),
                last.state().facts(),
                last.state().tags());
    return remove(tick, state);
  }

  private List<Row<?>> remove(Instant tick, ServerState state) {
    if (removed) {
      return List.of();
    }
    removed = true;
    lastState = null;
    List<Row<?>> rows = rows(nodes.removeAll(tick), vms.removeAll(tick));
    rows.add(new Row<>(Tables.SERVER_STATES, origin, tick, state));
    return rows;
  }

  /** It is (again) in the inventory. */
  synchronized void present() {
    removed = false;
  }

  synchronized boolean isRemoved() {
    return removed;
  }

  /** What to keep on disk; null when the disk has it already. */
  synchronized @Nullable KnownObjects unsaved() {
    if (removed || (origin.equals(savedOrigin) && saved.equals(ids()))) {
      return null;
    }
    return new KnownObjects(
        origin.serverId().value(),
        origin.site(),
        origin.provider(),
        origin.serverName(),
        nodes.states().stream().map(KnownObjects.Node::of).toList(),
        vms.states().stream().map(KnownObjects.Vm::of).toList());
  }

  synchronized void markSaved(KnownObjects known) {
    saved = ids(known);
    savedOrigin = known.origin();
  }

  private void markSaved() {
    saved = ids();
    savedOrigin = origin;
  }

  private List<Row<?>> rows(
      List<StateLog.Due<NodeState>> nodeStates, List<StateLog.Due<VmState>> vmStates) {
    List<Row<?>> rows = new ArrayList<>(nodeStates.size() + vmStates.size() + 1);
    nodeStates.forEach(
        due -> rows.add(new Row<>(Tables.NODE_STATES, origin, due.ts(), due.state())));
    vmStates.forEach(due -> rows.add(new Row<>(Tables.VM_STATES, origin, due.ts(), due.state())));
    return rows;
  }

  private Set<String> ids() {
    Set<String> ids = new HashSet<>();
    nodes.ids().forEach(id -> ids.add("node " + id));
    vms.ids().forEach(id -> ids.add("vm " + id));
    return ids;
  }

  private static Set<String> ids(KnownObjects known) {
    Set<String> ids = new HashSet<>();
    known.nodes().forEach(node -> ids.add("node " + node.node()));
    known.vms().forEach(vm -> ids.add("vm " + vm.vmId()));
    return ids;
  }
}
