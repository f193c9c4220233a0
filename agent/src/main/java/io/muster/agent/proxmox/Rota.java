package io.muster.agent.proxmox;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose turn it is: the one that is due longest, and never more than a poll can bear. Where there
 * is more to do than room, all periods stretch alike.
 */
final class Rota {
  /** The least room of a poll: a single node has slow facts too. */
  private static final int LEAST = 2;

  /** What hung may be well again: a call is never put off for longer because of that alone. */
  static final Duration LONGEST_REST = Duration.ofMinutes(15);

  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, Duration> rests = new HashMap<>();

  /** Calls beyond the steady ones that a poll of so many nodes may make. */
  static int room(int nodes) {
    return Math.max(LEAST, nodes / 2);
  }

  /**
   * Picks those whose turn it is; what was never asked comes first, in the list's order. What is no
   * longer listed is forgotten.
   */
  List<SlowCall> next(List<SlowCall> calls, Instant now, int room) {
    Set<String> listed = calls.stream().map(SlowCall::key).collect(Collectors.toSet());
    due.keySet().retainAll(listed);
    rests.keySet().retainAll(listed);
    return calls.stream()
        .filter(call -> !dueAt(call).isAfter(now))
        .sorted(Comparator.comparing(this::dueAt))
        .limit(room)
        .toList();
  }

  void done(SlowCall call, Instant now, Duration again) {
    rests.remove(call.key());
    due.put(call.key(), now.plus(again));
  }

  /** It took all its time: each time in a row it rests twice as long. */
  void hung(SlowCall call, Instant now) {
    Duration before = rests.get(call.key());
    Duration rest = before == null ? call.period() : before.multipliedBy(2);
    if (rest.compareTo(LONGEST_REST) > 0) {
      rest = LONGEST_REST.compareTo(call.period()) > 0 ? LONGEST_REST : call.period();
    }
    rests.put(call.key(), rest);
    due.put(call.key(), now.plus(rest));
  }

  /** Makes it the first of the next turn. */
  void hasten(String key) {
    due.put(key, Instant.MIN);
  }

  private Instant dueAt(SlowCall call) {
    return due.getOrDefault(call.key(), Instant.EPOCH);
  }
}
