package io.muster.control.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Stretches of time of one length, counted from 1970 as QuestDB's {@code SAMPLE BY} does.
 *
 * @param from the begin of the first
 * @param step their length, in whole seconds
 * @param points how many there are
 */
record Grid(Instant from, Duration step, long points) {
  /** As many as a chart has room for. */
  static final int COMFORTABLE_POINTS = 500;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7));

  /** Whole ones, so that the first and the last hold all that is of them. */
  static Grid of(Instant from, Instant to, Duration step) {
    long seconds = step.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds);
    long end = Math.ceilDiv(to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0), seconds);
    return new Grid(Instant.ofEpochSecond(first * seconds), step, end - first);
  }

  /** The shortest usual one that is not below {@code least} and makes few points enough. */
  static Duration step(Instant from, Instant to, Duration least) {
    return STEPS.stream()
        .filter(step -> step.compareTo(least) >= 0)
        .filter(step -> of(from, to, step).points() <= COMFORTABLE_POINTS)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  /** The end of the last. */
  Instant to() {
    return at(Math.toIntExact(points));
  }

  Instant at(int point) {
    return from.plus(step.multipliedBy(point));
  }

  int point(Instant begin) {
    return Math.toIntExact(Duration.between(from, begin).dividedBy(step));
  }
}
