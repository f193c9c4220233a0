package io.muster.simulator.proxmox.world.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who lives where, and who did: what the past is computed from. Guarded by the world's lock. */
final class Residents {
  /** More than anybody deletes in a test; their past is some hundred bytes each. */
  private static final int MOST_DEPARTED = 10_000;

  private final Agenda agenda;
  private final long rememberedMs;
  private final Map<String, Set<Guest>> byNode = new HashMap<>();
  private final Set<Guest> present = new LinkedHashSet<>();
  private final Deque<Guest> departed = new ArrayDeque<>();
  private long departedKnownSinceMs = Long.MIN_VALUE;

  /**
   * Nobody lives anywhere yet.
   *
   * @param rememberedMs how long a node must still find a guest that has left it
   */
  Residents(Agenda agenda, long rememberedMs) {
    this.agenda = agenda;
    this.rememberedMs = rememberedMs;
  }

  /** A guest is there from now on; it may be elsewhere too until {@link #left}. */
  void entered(Guest guest, String node) {
    present.add(guest);
    byNode.computeIfAbsent(node, ignored -> new LinkedHashSet<>()).add(guest);
  }

  /** A guest is there no more; it is found until its last sample there is out of the export. */
  void left(Guest guest, String node) {
    agenda.at(agenda.now() + rememberedMs, () -> forget(guest, node));
  }

  /** A guest is deleted. */
  void departed(Guest guest) {
    left(guest, guest.node());
    present.remove(guest);
    departed.add(guest);
    if (departed.size() > MOST_DEPARTED) {
      departedKnownSinceMs = departed.removeFirst().lastChangeMs();
    }
  }

  /** It may have come back since, and left again. */
  private void forget(Guest guest, String node) {
    long now = agenda.now();
    boolean isOrWasThere =
        (present.contains(guest) && guest.node().equals(node))
            || guest.between(now - rememberedMs, now).stream()
                .anyMatch(span -> span.isMeasuredOn(node));
    if (!isOrWasThere) {
      byNode.getOrDefault(node, new LinkedHashSet<>()).remove(guest);
    }
  }

  /** Those whose configuration lies there now. */
  List<Guest> now(String node) {
    return recently(node).stream()
        .filter(guest -> guest.node().equals(node) && present.contains(guest))
        .toList();
  }

  /** Those of whom the export has a sample from there, deleted ones too. */
  Collection<Guest> recently(String node) {
    return Collections.unmodifiableCollection(byNode.getOrDefault(node, Set.of()));
  }

  /** All that are there and all that were deleted, as far as {@link #knownSinceMs}. */
  Collection<Guest> ever() {
    List<Guest> all = new ArrayList<>(present);
    all.addAll(departed);
    return all;
  }

  /** What was before is not known of everybody any more. */
  long knownSinceMs() {
    long known = departedKnownSinceMs;
    for (Guest guest : ever()) {
      known = Math.max(known, guest.knownSinceMs());
    }
    return known;
  }
}
