package io.muster.simulator.playback;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded answer comes next. The same question gets its answers in their order, and the last
 * one again after them. Its time begins with the first question.
 */
final class Player {
  /** A time in a query; nothing else that is asked has ten digits. */
  private static final Pattern TIME = Pattern.compile("=(\\d{10})(?=&|$)");

  private final Recording recording;
  private final InstantSource clock;
  private final Map<String, List<RecordedCall>> answers = new LinkedHashMap<>();
  private final Map<String, Integer> next = new HashMap<>();
  private @Nullable Instant began;

  /** An answer, and by how many seconds its times are to be moved. */
  record Played(RecordedCall call, long shiftSeconds) {}

  Player(Recording recording, InstantSource clock) {
    this.recording = recording;
    this.clock = clock;
    for (RecordedCall call : recording.calls()) {
      for (String question :
          new HashSet<>(questions(call.host(), call.method(), call.path(), call.at()))) {
        answers.computeIfAbsent(question, key -> new ArrayList<>()).add(call);
      }
    }
  }

  /**
   * Null when nothing like it was recorded.
   *
   * @param path with its query
   */
  synchronized @Nullable Played play(String host, String method, String path) {
    Instant now = clock.instant();
    if (began == null) {
      began = now;
    }
    long shift = began.getEpochSecond() - recording.recordedAt().getEpochSecond();
    for (String question : questions(host, method, path, now)) {
      List<RecordedCall> recorded = answers.get(question);
      if (recorded != null) {
        int index = next.merge(question, 1, Integer::sum) - 1;
        return new Played(recorded.get(Math.min(index, recorded.size() - 1)), shift);
      }
    }
    return null;
  }

  /** From the beginning; the time too. */
  synchronized void rewind() {
    next.clear();
    began = null;
  }

  /** The same question in ever weaker forms: since when, of what, and of whom it was asked. */
  private static List<String> questions(String host, String method, String path, Instant at) {
    String timeless = TIME.matcher(path).replaceAll(time -> "=" + tense(time, at));
    String undated =
        timeless.replaceAll("(?<=[?&])(start-time|history)=[^&]*&?", "").replaceAll("[?&]$", "");
    return List.of(
        method + " " + host + timeless, method + " " + host + undated, method + " " + timeless);
  }

  private static String tense(MatchResult time, Instant at) {
    return Matcher.quoteReplacement(
        Long.parseLong(time.group(1)) > at.getEpochSecond() ? "future" : "past");
  }
}
