package io.muster.agent.proxmox;

import io.muster.agent.provider.Progress;
import io.muster.agent.provider.Progress.Hole;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of each node, on the node's own clock: all up to a mark, but for the holes below
 * it. Marks of a slower source of a node's are named {@code source/node}. Used by the poll's thread
 * alone.
 */
final class Watermarks {
  private final Map<String, Long> taken = new HashMap<>();
  private final Map<String, Hole> holes = new TreeMap<>();
  private long epoch;

  /** The newest mark when these were adopted: nothing later was known of anything then. */
  private @Nullable Long adoptedUpTo;

  Progress progress() {
    return new Progress(epoch, taken, holes);
  }

  /** Goes on from somewhere else. */
  void adopt(Progress from) {
    epoch = from.epoch();
    taken.clear();
    taken.putAll(from.taken());
    holes.clear();
    holes.putAll(from.holes());
    adoptedUpTo =
        taken.entrySet().stream()
            .filter(mark -> mark.getKey().indexOf('/') < 0)
            .map(Map.Entry::getValue)
            .max(Long::compare)
            .orElse(null);
  }

  @Nullable Long adoptedUpTo() {
    return adoptedUpTo;
  }

  /** Epoch second; null when nothing was taken yet. */
  @Nullable Long of(String node) {
    return taken.get(node);
  }

  void advance(String node, long epochSecond) {
    taken.merge(node, epochSecond, Math::max);
  }

  /** Null when nothing is missing. */
  @Nullable Hole hole(String name) {
    return holes.get(name);
  }

  /** Names with this begin, in their order. */
  Map<String, Hole> holes(String begin) {
    Map<String, Hole> found = new TreeMap<>();
    holes.forEach((name, hole) -> {
      if (name.startsWith(begin)) {
        found.put(name, hole);
      }
    });
    return found;
  }

  /** Opens a hole, or lengthens the one that is there; nothing when it would be empty. */
  void open(String name, long after, long until) {
    if (after < until) {
      holes.merge(
          name,
          new Hole(after, until),
          (old, more) ->
              new Hole(Math.min(old.after(), more.after()), Math.max(old.until(), more.until())));
    }
  }

  /** What is left to fill after the newest part, or the oldest, was; empty closes the hole. */
  void shrink(String name, long after, long until) {
    if (after < until) {
      holes.put(name, new Hole(after, until));
    } else {
      holes.remove(name);
    }
  }
}
