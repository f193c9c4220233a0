package io.muster.simulator.faults;

import io.muster.simulator.control.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A kind of faults by the name that a user gives it; each platform has its own.
 *
 * @param <F> what it makes
 */
public interface Kind<F> {
  /** As a constant of an enum is called. */
  String name();

  /** As a user writes it, such as {@code counter-reset}. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for the help. */
  String does();

  /** What it takes beside its kind. */
  Set<String> keys();

  F make(Arguments arguments);

  /** The kind of that name. */
  static <F> Kind<F> of(String word, Kind<F>[] kinds) {
    for (Kind<F> kind : kinds) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    List<String> words = Arrays.stream(kinds).map(Kind::word).toList();
    throw new IllegalArgumentException(
        "No fault is called '" + word + "': choose from " + String.join(", ", words));
  }
}
