package io.muster.simulator.kubernetes.access;

import java.util.Set;

/** A rule of a role; {@code *} stands for all. */
public record Rule(Set<String> groups, Set<String> resources, Set<String> verbs) {
  private static final String ALL = "*";

  /** Everything. */
  static final Rule EVERYTHING = new Rule(Set.of(ALL), Set.of(ALL), Set.of(ALL));

  public Rule {
    groups = Set.copyOf(groups);
    resources = Set.copyOf(resources);
    verbs = Set.copyOf(verbs);
  }

  boolean allows(Deed deed) {
    return has(groups, deed.group())
        && has(verbs, deed.verb())
        && has(resources, deed.fullResource());
  }

  private static boolean has(Set<String> allowed, String asked) {
    return allowed.contains(ALL) || allowed.contains(asked);
  }
}
