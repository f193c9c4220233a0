package io.muster.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Rows against samples: what was lost, what is there twice, what should not be there at all.
 *
 * @param produced number of samples
 * @param stored number of rows
 * @param compared rows whose values could be worked out anew
 * @param lost samples without a row
 * @param unexpected rows at a time without a sample: a sample that was written at another time too
 * @param twice rows of one object at one time, or for stretches of time that overlap
 * @param wrong rows with other values than the sample's
 * @param removed objects that were said to be removed
 */
record Verdict(
    int produced,
    int stored,
    int compared,
    List<String> lost,
    List<String> unexpected,
    List<String> twice,
    List<String> wrong,
    List<String> removed) {
  private static final int EXAMPLES = 12;

  Verdict {
    lost = List.copyOf(lost);
    unexpected = List.copyOf(unexpected);
    twice = List.copyOf(twice);
    wrong = List.copyOf(wrong);
    removed = List.copyOf(removed);
  }

  boolean nothingLost() {
    return lost.isEmpty();
  }

  /** Fails, with the counts and some examples of each kind, unless every row is as it should be. */
  void holds() {
    assertThat(compared).as("rows whose values could be worked out anew").isPositive();
    holdsButForValues();
  }

  /** The same where no value can be worked out anew: under clocks that are wrong. */
  void holdsButForValues() {
    assertThat(produced).as("samples").isPositive();
    assertThat(List.of(lost, unexpected, twice, wrong, removed))
        .as(toString())
        .allSatisfy(kind -> assertThat(kind).isEmpty());
  }

  /** The same where something could not be saved. */
  void holdsButForLosses() {
    new Verdict(produced, stored, compared, List.of(), unexpected, twice, wrong, removed).holds();
  }

  @Override
  public String toString() {
    return "%d samples, %d rows: %d lost%s, %d unexpected%s, %d twice%s, %d of %d wrong%s, %d removed%s"
        .formatted(
            produced,
            stored,
            lost.size(),
            some(lost),
            unexpected.size(),
            some(unexpected),
            twice.size(),
            some(twice),
            wrong.size(),
            compared,
            some(wrong),
            removed.size(),
            some(removed));
  }

  private static String some(List<String> kind) {
    if (kind.isEmpty()) {
      return "";
    }
    var shown = String.join("; ", kind.subList(0, Math.min(EXAMPLES, kind.size())));
    return " (" + shown + (kind.size() > EXAMPLES ? "; …)" : ")");
  }
}
