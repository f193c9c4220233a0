package io.muster.simulator.proxmox.faults;

import io.muster.simulator.control.Arguments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param nodes those that it befalls
 * @param length after which it ends by itself, or null
 * @param times how many requests it befalls at most, or null
 * @param path which requests it befalls by their path, such as {@code /nodes/pve1/status}, or null
 */
public record FaultOrder(
    Fault fault,
    Map<String, String> given,
    Set<String> nodes,
    @Nullable Duration length,
    @Nullable Long times,
    @Nullable Pattern path) {
  /** A week: longer than any test. */
  private static final long LONGEST_SECONDS = 604_800;

  private static final long MOST_TIMES = 1_000_000;

  public FaultOrder {
    given = Map.copyOf(given);
    nodes = Set.copyOf(nodes);
  }

  /**
   * Reads {@code kind,key=value,key=value}.
   *
   * @param members of the cluster
   */
  public static FaultOrder parse(String text, List<String> members) {
    return of(arguments(text), members);
  }

  /** Takes the text apart; a part without {@code =} goes on with the value before. */
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
   * Takes {@code kind} and the keys of that kind.
   *
   * @param members of the cluster
   */
  public static FaultOrder of(Arguments arguments, List<String> members) {
    FaultKind kind = FaultKind.of(arguments.required("kind"));
    Set<String> known = new TreeSet<>(kind.keys());
    known.add("kind");
    arguments.requireOnly(known);
    Long seconds = arguments.optionalNumber("seconds", 1, LONGEST_SECONDS);
    return new FaultOrder(
        kind.make(arguments),
        arguments.values(),
        nodes(arguments.text("node"), members),
        seconds == null ? null : Duration.ofSeconds(seconds),
        arguments.optionalNumber("times", 1, MOST_TIMES),
        path(arguments.text("path")));
  }

  private static Set<String> nodes(@Nullable String node, List<String> members) {
    if (node == null) {
      return Set.copyOf(members);
    }
    if (!members.contains(node)) {
      throw new IllegalArgumentException(
          "No node '" + node + "': there are " + String.join(", ", members));
    }
    return Set.of(node);
  }

  private static @Nullable Pattern path(@Nullable String regex) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'path' is a regular expression such as ^/nodes/pve1/, not '"
              + regex
              + "': "
              + e.getDescription(),
          e);
    }
  }
}
