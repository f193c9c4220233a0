package io.muster.control.history;

import io.muster.control.problem.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which numbers of which tables are meant. A column that several tables have is taken of those of
 * which something is named: {@code cpu_usage_ratio} with {@code vm=} is that of VMs.
 */
final class MetricChoice {
  private static final int MAX_METRICS = 10;

  private final Names names;
  private final Fields fields;
  private final Map<MetricTable, Set<Metric>> chosen = new EnumMap<>(MetricTable.class);

  private MetricChoice(Names names, Fields fields) {
    this.names = names;
    this.fields = fields;
  }

  /** What is wrong goes to {@code fields}. */
  static Map<MetricTable, Set<Metric>> of(List<String> metrics, Names names, Fields fields) {
    MetricChoice choice = new MetricChoice(names, fields);
    if (metrics.isEmpty()) {
      fields.wrong("metric", "is missing");
    } else if (metrics.size() > MAX_METRICS) {
      fields.wrong("metric", "must be at most " + MAX_METRICS);
    } else {
      metrics.forEach(choice::choose);
    }
    return choice.chosen;
  }

  private void choose(String text) {
    int dot = text.indexOf('.');
    String column = text.substring(dot + 1);
    List<MetricTable> having =
        Arrays.stream(MetricTable.values())
            .filter(table -> dot < 0 || table.table().equals(text.substring(0, dot)))
            .filter(table -> table.metric(column).isPresent())
            .toList();
    for (MetricTable table : meant(text, having)) {
      Optional<Metric> metric = table.metric(column);
      metric.ifPresent(one -> chosen.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(one));
    }
  }

  private List<MetricTable> meant(String text, List<MetricTable> having) {
    if (having.isEmpty()) {
      fields.wrong("metric", "must be one of " + String.join(", ", known()));
      return List.of();
    }
    List<MetricTable> named = having.stream().filter(names::name).toList();
    if (!named.isEmpty()) {
      return named;
    }
    // All VMs at once are thousands.
    List<MetricTable> rest = new ArrayList<>(having);
    rest.remove(MetricTable.VM);
    if (rest.isEmpty()) {
      fields.wrong("vm", "is missing: " + text + " is of VMs");
    } else if (rest.size() > 1) {
      List<String> qualified = rest.stream().map(table -> table.table() + "." + text).toList();
      fields.wrong("metric", "must be one of " + String.join(", ", qualified));
      return List.of();
    }
    return rest;
  }

  static Set<String> known() {
    Set<String> known = new TreeSet<>();
    for (MetricTable table : MetricTable.values()) {
      table.metrics().forEach(metric -> known.add(metric.name()));
    }
    return known;
  }
}
