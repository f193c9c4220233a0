package io.muster.simulator.kubernetes.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses objects by labels or fields.
 *
 * @param text as it was asked for; empty chooses all
 */
public record Selector(String text, List<Term> terms) {
  private static final Pattern SET =
      Pattern.compile("^\\s*([^\\s,()!=]+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*(?:,|$)");
  private static final Pattern SIMPLE =
      Pattern.compile("^\\s*(!?)\\s*([^\\s,()!=]+)\\s*(?:(==|!=|=)\\s*([^,]*?)\\s*)?(?:,|$)");

  /** Chooses all. */
  public static final Selector ALL = new Selector("", List.of());

  /**
   * One condition.
   *
   * @param accepts of the value, null where there is none
   */
  public record Term(String key, Predicate<@Nullable String> accepts) {}

  public Selector {
    terms = List.copyOf(terms);
  }

  /** Reads {@code a=b,c!=d,e in (x,y),f notin (z),g,!h}. */
  public static Selector parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return ALL;
    }
    List<Term> terms = new ArrayList<>();
    String rest = text;
    while (!rest.isBlank()) {
      Matcher set = SET.matcher(rest);
      Matcher simple = SIMPLE.matcher(rest);
      if (set.find()) {
        terms.add(
            set(set.group(1), set.group(2), Set.of(set.group(3).strip().split("\\s*,\\s*", -1))));
        rest = rest.substring(set.end());
      } else if (simple.find()) {
        terms.add(simple(simple.group(1), simple.group(2), simple.group(3), simple.group(4)));
        rest = rest.substring(simple.end());
      } else {
        throw new IllegalArgumentException("unable to parse requirement: " + rest);
      }
    }
    return new Selector(text, terms);
  }

  private static Term set(String key, String operator, Set<String> values) {
    return operator.equals("in")
        ? new Term(key, value -> value != null && values.contains(value))
        : new Term(key, value -> value == null || !values.contains(value));
  }

  private static Term simple(
      String not, String key, @Nullable String operator, @Nullable String wanted) {
    if (operator == null) {
      return new Term(key, value -> (value != null) == not.isEmpty());
    }
    return operator.equals("!=")
        ? new Term(key, value -> value == null || !value.equals(wanted))
        : new Term(key, value -> value != null && value.equals(wanted));
  }

  /** Whether an object with these values is chosen. */
  public boolean accepts(Function<String, @Nullable String> values) {
    return terms.stream().allMatch(term -> term.accepts().test(values.apply(term.key())));
  }
}
