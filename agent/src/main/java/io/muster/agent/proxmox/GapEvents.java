package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says which part of a node's past was left empty, and why. */
final class GapEvents {
  private GapEvents() {}

  /** The same gap is the same row, however often it is said. */
  static Event unfilled(String node, @Nullable String cluster, long after, long until, String why) {
    Instant from = Instant.ofEpochSecond(after);
    Instant to = Instant.ofEpochSecond(until);
    return new Event(
        from,
        "gap:" + node,
        cluster,
        node,
        null,
        Event.Source.MUSTER,
        "gap",
        null,
        Event.Severity.WARNING,
        Event.State.WARNING,
        null,
        "no samples of node " + node + " and its guests from " + from + " to " + to + ": " + why,
        to);
  }
}
