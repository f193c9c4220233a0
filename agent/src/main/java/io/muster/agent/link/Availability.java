package io.muster.agent.link;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How attempts of the last 24 h ended, in whole hours. Not thread-safe. */
final class Availability {
  private static final int HOURS = 24;

  private final @Nullable Hour[] hours = new Hour[HOURS];

  private static final class Hour {
    private final long number;
    private int attempts;
    private int successes;
    private int answers;
    private double milliseconds;

    private Hour(long number) {
      this.number = number;
    }
  }

  void record(Instant at, boolean success, @Nullable Double responseTimeMs) {
    long number = number(at);
    int place = Math.floorMod(number, HOURS);
    Hour hour = hours[place];
    if (hour == null || hour.number != number) {
      hour = new Hour(number);
      hours[place] = hour;
    }
    hour.attempts++;
    if (success) {
      hour.successes++;
    }
    if (responseTimeMs != null) {
      hour.answers++;
      hour.milliseconds += responseTimeMs;
    }
  }

  /** 0–1; null = nothing was attempted. */
  @Nullable Double successRate(Instant now) {
    int attempts = 0;
    int successes = 0;
    for (Hour hour : hours) {
      if (hour != null && isRecent(hour, now)) {
        attempts += hour.attempts;
        successes += hour.successes;
      }
    }
    return attempts == 0 ? null : Double.valueOf((double) successes / attempts);
  }

  /** Mean; null = nothing answered. */
  @Nullable Double responseTimeMs(Instant now) {
    int answers = 0;
    double sum = 0;
    for (Hour hour : hours) {
      if (hour != null && isRecent(hour, now)) {
        answers += hour.answers;
        sum += hour.milliseconds;
      }
    }
    return answers == 0 ? null : Double.valueOf(sum / answers);
  }

  private static boolean isRecent(Hour hour, Instant now) {
    return number(now) - hour.number < HOURS;
  }

  private static long number(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), Duration.ofHours(1).toSeconds());
  }
}
