package io.muster.agent.link;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Revision;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The VMs of one server as they were last seen. A poll that began before a change was seen does not
 * take that change back.
 */
final class KnownVms {
  private final Map<String, Known> vms = new HashMap<>();

  /** What went between polls: a poll from before may still list it. */
  private final Map<String, Revision> gone = new HashMap<>();

  /** Of the newest poll, whose changes it holds; null = there was none. */
  private @Nullable Revision polled;

  /**
   * @param state as it was last seen
   * @param status that status, or unknown since an answer was without it
   */
  private record Known(VmState state, VmStatus status, Revision revision) {}

  /**
   * A VM in another status than before.
   *
   * @param vm as it was last seen
   */
  record News(VmState vm, VmStatus status) {}

  /** The news of a poll; the first one brings none. Of what a partial answer lacks nobody knows. */
  List<News> polled(Snapshot snapshot) {
    boolean first = polled == null;
    List<News> news = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (VmState vm : snapshot.vms()) {
      listed.add(vm.vmId());
      if (!isOutdated(vm.vmId(), snapshot.revision())) {
        take(vm, vm.status(), snapshot.revision(), news);
      }
    }
    VmStatus missing = snapshot.vmsComplete() ? VmStatus.REMOVED : VmStatus.UNKNOWN;
    vms.values().stream()
        .filter(known -> !listed.contains(known.state().vmId()))
        .filter(known -> !known.revision().isAfter(snapshot.revision()))
        .toList()
        .forEach(known -> take(known.state(), missing, known.revision(), news));
    gone.values().removeIf(removal -> !removal.isAfter(snapshot.revision()));
    polled = snapshot.revision();
    return first ? List.of() : news;
  }

  /** The news between two polls; before the first one there are none. */
  List<News> changed(Changes changes) {
    Revision last = polled;
    if (last == null || !changes.revision().isAfter(last)) {
      return List.of();
    }
    List<News> news = new ArrayList<>();
    for (VmState vm : changes.vms()) {
      if (vm.status() == VmStatus.REMOVED) {
        gone.put(vm.vmId(), changes.revision());
      }
      take(vm, vm.status(), changes.revision(), news);
    }
    return news;
  }

  private void take(VmState vm, VmStatus status, Revision revision, List<News> news) {
    Known before = vms.remove(vm.vmId());
    if (status != VmStatus.REMOVED) {
      // Its texts are kept once, not anew after each poll.
      VmState kept = before != null && before.state().equals(vm) ? before.state() : vm;
      vms.put(vm.vmId(), new Known(kept, status, revision));
    }
    VmStatus last = before == null ? VmStatus.REMOVED : before.status();
    if (last != status) {
      news.add(new News(vm, status));
    }
  }

  /** Whether more is known of this VM than a poll of this revision could see. */
  private boolean isOutdated(String vm, Revision revision) {
    Known known = vms.get(vm);
    Revision last = known == null ? gone.get(vm) : known.revision();
    return last != null && last.isAfter(revision);
  }
}
