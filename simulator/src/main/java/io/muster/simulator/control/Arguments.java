package io.muster.simulator.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gave along; whatever is asked for and is not what it must be becomes an {@link
 * IllegalArgumentException} that says what it must be.
 */
public record Arguments(Map<String, String> values) {
  public Arguments {
    values = Map.copyOf(values);
  }

  public @Nullable String text(String name) {
    return values.get(name);
  }

  public String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }

  /** A whole number that must be given. */
  public long number(String name, long lowest, long highest) {
    return number(name, required(name), lowest, highest);
  }

  /** A whole number, or null when it is not given. */
  public @Nullable Long optionalNumber(String name, long lowest, long highest) {
    String value = values.get(name);
    return value == null ? null : number(name, value, lowest, highest);
  }

  private static long number(String name, String value, long lowest, long highest) {
    String allowed =
        "'%s' is a whole number from %d to %d, not '%s'".formatted(name, lowest, highest, value);
    try {
      long number = Long.parseLong(value);
      if (number < lowest || number > highest) {
        throw new IllegalArgumentException(allowed);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(allowed, e);
    }
  }

  /** {@code true} or {@code false}, which must be given. */
  public boolean flag(String name) {
    return flag(name, required(name));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : flag(name, value);
  }

  private static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is true or false, not '" + value + "'");
    };
  }

  /** The same without one of them. */
  public Arguments without(String name) {
    Map<String, String> others = new HashMap<>(values);
    others.remove(name);
    return new Arguments(others);
  }

  /** Refuses what nothing asks for: a misspelt name must not pass unnoticed. */
  public void requireOnly(Set<String> known) {
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Nothing here takes "
              + String.join(", ", unknown)
              + ": choose from "
              + String.join(", ", new TreeSet<>(known)));
    }
  }
}
