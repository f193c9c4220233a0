package io.muster.agent.openstack;

import io.muster.agent.provider.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says when the cloud's clock went wrong, and when it was set right. */
final class SkewEvents {
  /** Everybody's clock is a little off. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String cluster;
  private @Nullable Event began;

  SkewEvents(String cluster) {
    this.cluster = cluster;
  }

  /** Whether samples can't have the cloud's time; null = it told none. */
  static boolean isSkewed(@Nullable Duration skew) {
    return skew != null && skew.abs().compareTo(LIMIT) > 0;
  }

  List<Event> of(@Nullable Duration skew, Instant tick) {
    Event before = began;
    if (skew != null && isSkewed(skew) && before == null) {
      String text =
          "the clock of the cloud is %d s %s the agent's. Check NTP there and here."
              .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of");
      Event begin = event(tick, Event.Severity.WARNING, Event.State.RUNNING, text, null);
      began = begin;
      return List.of(begin);
    }
    if (before != null && skew != null && !isSkewed(skew)) {
      began = null;
      return List.of(
          event(
              before.startedAt(),
              Event.Severity.INFO,
              Event.State.OK,
              "the clock of the cloud is right again",
              tick));
    }
    return List.of();
  }

  private Event event(
      Instant start,
      Event.Severity severity,
      Event.State state,
      String text,
      @Nullable Instant end) {
    return new Event(
        start,
        "clock-skew:" + cluster,
        cluster,
        null,
        null,
        Event.Source.MUSTER,
        "clock-skew",
        null,
        severity,
        state,
        null,
        text,
        end);
  }
}
