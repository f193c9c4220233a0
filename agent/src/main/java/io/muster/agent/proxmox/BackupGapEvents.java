package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which guests are in no backup job, whenever that changes. */
final class BackupGapEvents {
  /** Ids in a message; the count tells the rest. */
  private static final int NAMED = 20;

  private Set<String> known = Set.of();

  @Nullable Event changed(SortedSet<String> withoutJob, @Nullable String cluster, Instant tick) {
    if (withoutJob.equals(known)) {
      return null;
    }
    known = Set.copyOf(withoutJob);
    String ids = withoutJob.stream().limit(NAMED).collect(Collectors.joining(", "));
    boolean none = withoutJob.isEmpty();
    return new Event(
        tick,
        "not-backed-up",
        cluster,
        null,
        null,
        Event.Source.MUSTER,
        "not-backed-up",
        null,
        none ? Event.Severity.INFO : Event.Severity.WARNING,
        none ? Event.State.OK : Event.State.WARNING,
        withoutJob.size(),
        none
            ? "every guest is in a backup job"
            : "in no backup job: " + ids + (withoutJob.size() > NAMED ? ", …" : ""),
        null);
  }
}
