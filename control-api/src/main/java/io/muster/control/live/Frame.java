package io.muster.control.live;

import java.time.Instant;

/** An event as it is told, written once for all who read it. */
final class Frame {
  private final long number;
  private final LiveEvent event;
  private final Instant at = Instant.now();
  private final byte[] text;
  private final byte[] brief;

  /**
   * @param number its place among those of its tenant, from 1
   * @param text as it goes over the line, the id included
   * @param brief the same for who sees no more of a server than its name and status
   */
  Frame(long number, LiveEvent event, byte[] text, byte[] brief) {
    this.number = number;
    this.event = event;
    this.text = text;
    this.brief = brief;
  }

  long number() {
    return number;
  }

  LiveEvent event() {
    return event;
  }

  boolean isBefore(Instant limit) {
    return at.isBefore(limit);
  }

  /** Not to be changed: others read the same. */
  byte[] text() {
    return text;
  }

  /** Not to be changed: others read the same. */
  byte[] brief() {
    return brief;
  }
}
