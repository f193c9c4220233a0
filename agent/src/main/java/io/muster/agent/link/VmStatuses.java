package io.muster.agent.link;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.VmStatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

  private final Map<ServerId, KnownVms> seen = new HashMap<>();
  private final Map<Vm, VmStatusChange> waiting = new LinkedHashMap<>();
  private final Map<Vm, Sent> sent = new LinkedHashMap<>();

  private record Vm(ServerId server, String id) {}

  private record Sent(VmStatusChange change, Instant at) {}

  /** Returns whether something waits to be sent. The first snapshot of a server is no change. */
  synchronized boolean snapshot(ServerId server, Instant at, Snapshot snapshot) {
    KnownVms known = seen.computeIfAbsent(server, id -> new KnownVms());
    known.polled(snapshot).forEach(news -> queue(server, news, at));
    return !waiting.isEmpty();
  }

  /** Returns whether something waits to be sent. */
  synchronized boolean changes(ServerId server, Changes changes) {
    KnownVms known = seen.get(server);
    if (known != null) {
      known.changed(changes).forEach(news -> queue(server, news, changes.at()));
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

  private void queue(ServerId server, KnownVms.News news, Instant at) {
    VmState vm = news.vm();
    waiting.put(
        new Vm(server, vm.vmId()),
        new VmStatusChange(
            server,
            vm.vmId(),
            text(vm.name()),
            text(vm.node()),
            news.status().label(),
            at,
            text(vm.group()),
            tags(vm.tags())));
    if (waiting.size() > MAX_WAITING) {
      waiting.remove(waiting.keySet().iterator().next());
    }
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null ? null : LinkProtocol.shortened(text);
  }

  /** As many as have room in a text: a message of all changes has to stay in its bound. */
  private static List<String> tags(List<String> tags) {
    int room = LinkProtocol.MAX_TEXT_CHARS;
    List<String> told = new ArrayList<>();
    for (String tag : tags) {
      room -= tag.length();
      if (room < 0) {
        break;
      }
      told.add(tag);
    }
    return told;
  }
}
