package io.muster.control.alert;

import io.muster.control.problem.ProblemException;
import io.muster.schema.Thresholds;
import io.muster.schema.Thresholds.Threshold;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An alert rule, as {@code provisioning/thresholds.csv} names it. */
record Rule(Threshold shipped) {
  /** Their views ask for the rule's own limit alone: they judge agents and QuestDB. */
  private static final Set<String> OF_THE_INSTALLATION =
      Set.of("rows-lost", "spool-growing", "questdb-suspended", "questdb-size");

  private static final Map<String, Rule> ALL = new LinkedHashMap<>();

  static {
    Thresholds.load().rows().forEach(row -> ALL.put(row.rule(), new Rule(row)));
  }

  /** In the file's order. */
  static Collection<Rule> all() {
    return ALL.values();
  }

  /**
   * One of them.
   *
   * @throws ProblemException 404 when there is none of this name
   */
  static Rule named(String name) {
    Rule rule = ALL.get(name);
    if (rule == null) {
      throw ProblemException.notFound("alert rule", name);
    }
    return rule;
  }

  String name() {
    return shipped.rule();
  }

  /** Whether servers and tags can have limits of their own. */
  boolean judgesServers() {
    return !OF_THE_INSTALLATION.contains(name());
  }

  /** Whether its limit is a share that can't be below 0 or above 100. */
  boolean isPercent() {
    return shipped.unit().equals("percent");
  }
}
