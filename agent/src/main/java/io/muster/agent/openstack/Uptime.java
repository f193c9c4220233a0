package io.muster.agent.openstack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What uptime(1) on a host says: {@code 10:48:21 up 93 days, 0:03, 1 user, load average: …}. */
record Uptime(
    @Nullable Long seconds,
    @Nullable Double load1,
    @Nullable Double load5,
    @Nullable Double load15) {
  private static final Pattern UP =
      Pattern.compile("up\\s+(?:(\\d{1,6}) days?,\\s*)?(?:(\\d{1,2}):(\\d{2})|(\\d{1,2}) min)?");

  /** Some languages write commas. */
  private static final Pattern LOAD =
      Pattern.compile(
          "load average:\\s*(\\d{1,6}[.,]\\d{1,4}),?\\s+(\\d{1,6}[.,]\\d{1,4}),?\\s+(\\d{1,6}[.,]\\d{1,4})");

  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;
  private static final long MINUTE = 60;

  /** Null = nothing in it is known. */
  static @Nullable Uptime parse(String text) {
    Matcher up = UP.matcher(text);
    Matcher load = LOAD.matcher(text);
    boolean hasLoad = load.find();
    Long seconds = up.find() && !up.group().strip().equals("up") ? seconds(up) : null;
    return seconds == null && !hasLoad
        ? null
        : new Uptime(
            seconds,
            hasLoad ? number(load.group(1)) : null,
            hasLoad ? number(load.group(2)) : null,
            hasLoad ? number(load.group(3)) : null);
  }

  private static Long seconds(Matcher up) {
    return part(up, 1) * DAY + part(up, 2) * HOUR + part(up, 3) * MINUTE + part(up, 4) * MINUTE;
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  private static Double number(String text) {
    return Double.valueOf(text.replace(',', '.'));
  }
}
