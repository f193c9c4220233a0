package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A node's clock went wrong, or was set right. */
final class SkewEvents {
  private SkewEvents() {}

  static Event began(String node, @Nullable String cluster, Duration skew, Instant tick) {
    return new Event(
        tick,
        "clock-skew:" + node,
        cluster,
        node,
        null,
        Event.Source.MUSTER,
        "clock-skew",
        null,
        Event.Severity.WARNING,
        Event.State.RUNNING,
        null,
        "the clock of node "
            + node
            + " is "
            + Math.abs(skew.toSeconds())
            + " s "
            + (skew.isNegative() ? "behind" : "ahead of")
            + " the agent's: its samples are written at the agent's time. Check its NTP.",
        null);
  }

  /** Same id and start: replaces the row. */
  static Event ended(Event began, Instant tick) {
    return new Event(
        began.startedAt(),
        began.eventId(),
        began.cluster(),
        began.node(),
        null,
        began.source(),
        began.type(),
        null,
        Event.Severity.INFO,
        Event.State.OK,
        null,
        "the clock of node " + began.node() + " is right again",
        tick);
  }
}
