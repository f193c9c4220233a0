package io.muster.control.caller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A condition of SQL, in parentheses where it needs them.
 *
 * @param values for its question marks, in their order
 */
public record Condition(String sql, List<String> values) {
  /** Holds for no row. */
  public static final Condition NEVER = new Condition("false", List.of());

  public Condition {
    values = List.copyOf(values);
  }

  /**
   * Whether a column is one of these.
   *
   * @param column written in our source, never taken from a request
   */
  static Condition in(String column, Collection<String> values) {
    return values.isEmpty()
        ? NEVER
        : new Condition(
            column + " IN (?" + ", ?".repeat(values.size() - 1) + ")", values.stream().toList());
  }

  Condition and(Condition other) {
    return this.equals(NEVER) || other.equals(NEVER) ? NEVER : joined(" AND ", other);
  }

  Condition or(Condition other) {
    if (this.equals(NEVER)) {
      return other;
    }
    return other.equals(NEVER) ? this : joined(" OR ", other);
  }

  private Condition joined(String word, Condition other) {
    List<String> all = new ArrayList<>(values);
    all.addAll(other.values);
    return new Condition("(" + sql + word + other.sql + ")", all);
  }
}
