package io.muster.agent.metrics;

import java.time.Duration;

/** When QuestDB may be tried again: pauses that double. Used by the writer's thread. */
final class Retry {
  /** QuestDB restarts in 2 s, so the first attempts come soon. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /** Longest pause: after a long outage rows flow again within this time. */
  static final Duration LAST_PAUSE = Duration.ofSeconds(5);

  private final ClosingTime closing;
  private Duration pause = FIRST_PAUSE;
  private long nextNanos = System.nanoTime();
  private boolean failedAtEnd;

  Retry(ClosingTime closing) {
    this.closing = closing;
  }

  /** At the end pauses don't count: one failure is enough. */
  boolean isDue() {
    return closing.hasBegun() ? !failedAtEnd && !closing.isOver() : System.nanoTime() >= nextNanos;
  }

  /** Whether there won't be another attempt. */
  boolean isOver() {
    return closing.hasBegun() && !isDue();
  }

  long nanosLeft() {
    return nextNanos - System.nanoTime();
  }

  void succeeded() {
    pause = FIRST_PAUSE;
    nextNanos = System.nanoTime();
  }

  void failed() {
    failedAtEnd = closing.hasBegun();
    nextNanos = System.nanoTime() + pause.toNanos();
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LAST_PAUSE) < 0 ? doubled : LAST_PAUSE;
  }
}
