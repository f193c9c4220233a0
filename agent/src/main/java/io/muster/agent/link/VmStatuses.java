package io.muster.agent.link;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.VmStatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * VMs that are in another state than before, of each the newest. What was sent shortly before the
 * link broke is sent again: a state that arrives twice does no harm. Thread-safe.
 */
final class VmStatuses {
  /** About 5 MB; a link that is away while more VMs change loses the oldest changes. */
  static final int MAX_WAITING = 20_000;

  private final Map<ServerId, Map<String, VmStatus>> seen = new HashMap<>();
  private final Map<Vm, VmStatusChange> waiting = new LinkedHashMap<>();
  private final Map<Vm, Sent> sent = new LinkedHashMap<>();

  private record Vm(ServerId server, String id) {}

  private record Sent(VmStatusChange change, Instant at) {}

  /** Returns whether something waits to be sent. The first snapshot of a server is no change. */
  synchronized boolean snapshot(ServerId server, Instant at, Snapshot snapshot) {
    Map<String, VmStatus> before = seen.get(server);
    Map<String, VmStatus> known = before == null ? new HashMap<>() : before;
    seen.put(server, known);
    Set<String> listed = new HashSet<>();
    for (VmState vm : snapshot.vms()) {
      listed.add(vm.vmId());
      VmStatus last = known.put(vm.vmId(), vm.status());
      if (before != null && last != vm.status()) {
        queue(server, vm, at);
      }
    }
    if (snapshot.vmsComplete()) {
      known
          .keySet()
          .removeIf(vm -> {
            boolean gone = !listed.contains(vm);
            if (gone) {
              queue(new VmStatusChange(server, vm, null, null, VmStatus.REMOVED.label(), at));
            }
            return gone;
          });
    }
    return !waiting.isEmpty();
  }

  /** Returns whether something waits to be sent. */
  synchronized boolean changes(ServerId server, Changes changes) {
    Map<String, VmStatus> known = seen.get(server);
    if (known != null) {
      for (VmState vm : changes.vms()) {
        VmStatus last =
            vm.status() == VmStatus.REMOVED
                ? known.remove(vm.vmId())
                : known.put(vm.vmId(), vm.status());
        if (last != vm.status()) {
          queue(server, vm, changes.at());
        }
      }
    }
    return !waiting.isEmpty();
  }

  /** Forgets all servers but these. */
  synchronized void retain(Set<ServerId> present) {
    seen.keySet().retainAll(present);
    waiting.keySet().removeIf(vm -> !present.contains(vm.server()));
    sent.keySet().removeIf(vm -> !present.contains(vm.server()));
  }

  /** What was sent shortly before may not have arrived. */
  synchronized void sendAgain() {
    sent.forEach((vm, last) -> waiting.putIfAbsent(vm, last.change()));
    sent.clear();
  }

  /** What is to be sent, the oldest first, at most {@code most}; counts as sent from now on. */
  synchronized List<VmStatusChange> drain(Instant now, int most) {
    sent.values().removeIf(last -> last.at().plus(LinkProtocol.DEAD_AFTER).isBefore(now));
    List<VmStatusChange> due = new ArrayList<>();
    Iterator<Map.Entry<Vm, VmStatusChange>> each = waiting.entrySet().iterator();
    while (each.hasNext() && due.size() < most) {
      Map.Entry<Vm, VmStatusChange> one = each.next();
      due.add(one.getValue());
      sent.put(one.getKey(), new Sent(one.getValue(), now));
      each.remove();
    }
    return due;
  }

  private void queue(ServerId server, VmState vm, Instant at) {
    queue(
        new VmStatusChange(
            server, vm.vmId(), text(vm.name()), text(vm.node()), vm.status().label(), at));
  }

  private void queue(VmStatusChange change) {
    waiting.put(new Vm(change.server(), change.vm()), change);
    if (waiting.size() > MAX_WAITING) {
      Vm oldest = waiting.keySet().iterator().next();
      waiting.remove(oldest);
    }
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null ? null : LinkProtocol.shortened(text);
  }
}
