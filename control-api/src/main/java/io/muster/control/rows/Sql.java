package io.muster.control.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A statement, or a part of one, with what is bound to its question marks. The same one twice is
 * equal, and so is what it reads.
 *
 * @param values {@link String}, {@link Long}, {@link Integer}, {@link Double}, {@link
 *     java.time.Instant} or {@link java.util.UUID}
 */
public record Sql(String text, List<Object> values) {
  public Sql {
    values = List.copyOf(values);
  }

  public static Sql of(String text, Object... values) {
    return new Sql(text, Arrays.asList(values));
  }

  /** One {@code ?} for each in brackets; SQL has no empty list, but one that nothing is in. */
  public static Sql list(Collection<?> values) {
    return values.isEmpty()
        ? of("(NULL)")
        : new Sql("(?" + ", ?".repeat(values.size() - 1) + ")", List.copyOf(values));
  }

  /** Followed by {@code next}; white space is the caller's. */
  public Sql then(Sql next) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(next.values);
    return new Sql(text + next.text, all);
  }

  public Sql then(String more, Object... moreValues) {
    return then(of(more, moreValues));
  }
}
