package io.muster.simulator.faults;

import io.muster.simulator.control.Arguments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A fault as somebody asked for it.
 *
 * @param given the words in which it was asked for
 * @param targets those that it befalls, such as nodes
 * @param length after which it ends by itself, or null
 * @param times how many requests it befalls at most, or null
 * @param path which requests it befalls by their path, such as {@code /nodes/pve1/status}, or null
 */
public record Order<F>(
    F fault,
    Map<String, String> given,
    Set<String> targets,
    @Nullable Duration length,
    @Nullable Long times,
    @Nullable Pattern path) {
  /** A week: longer than any test. */
  private static final long LONGEST_SECONDS = 604_800;

  private static final long MOST_TIMES = 1_000_000;

  public Order {
    given = Map.copyOf(given);
    targets = Set.copyOf(targets);
  }

  /** Takes {@code kind,key=value} apart; a part without {@code =} goes on with the value before. */
  public static Arguments arguments(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    String key = "kind";
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (values.isEmpty()) {
        values.put(key, part);
      } else if (equals > 0) {
        key = part.substring(0, equals);
        if (values.put(key, part.substring(equals + 1)) != null) {
          throw new IllegalArgumentException("'" + key + "' is given twice");
        }
      } else if (key.equals("kind")) {
        throw new IllegalArgumentException(
            "A fault is kind,key=value,key=value: '" + part + "' has no '='");
      } else {
        values.merge(key, part, (before, more) -> before + "," + more);
      }
    }
    return new Arguments(values);
  }

  /**
   * Takes what was asked for: which kind, and the keys of that kind.
   *
   * @param kinds of the platform
   * @param examplePath for whoever wrote no regular expression
   */
  public static <F> Order<F> of(
      Arguments arguments, Kind<F>[] kinds, Set<String> targets, String examplePath) {
    Kind<F> kind = Kind.of(arguments.required("kind"), kinds);
    Set<String> known = new TreeSet<>(kind.keys());
    known.add("kind");
    arguments.requireOnly(known);
    Long seconds = arguments.optionalNumber("seconds", 1, LONGEST_SECONDS);
    return new Order<>(
        kind.make(arguments),
        arguments.values(),
        targets,
        seconds == null ? null : Duration.ofSeconds(seconds),
        arguments.optionalNumber("times", 1, MOST_TIMES),
        path(arguments.text("path"), examplePath));
  }

  private static @Nullable Pattern path(@Nullable String regex, String example) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'path' is a regular expression such as "
              + example
              + ", not '"
              + regex
              + "': "
              + e.getDescription(),
          e);
    }
  }
}
