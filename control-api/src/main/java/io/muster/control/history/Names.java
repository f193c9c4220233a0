package io.muster.control.history;

import io.muster.control.problem.Fields;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of which nodes, VMs and storages something is asked; an empty list = nothing was said of it. */
record Names(List<String> nodes, List<String> vms, List<String> storages) {
  /** More is a report, which SQL does better. */
  static final int MAX_NAMES = 50;

  Names {
    nodes = List.copyOf(nodes);
    vms = List.copyOf(vms);
    storages = List.copyOf(storages);
  }

  static Names read(
      @Nullable List<String> nodes,
      @Nullable List<String> vms,
      @Nullable List<String> storages,
      Fields fields) {
    return new Names(
        list("node", nodes, MAX_NAMES, fields),
        list("vm", vms, MAX_NAMES, fields),
        list("storage", storages, MAX_NAMES, fields));
  }

  /** Repeated or with commas, each once, in their order; absent = empty. */
  static List<String> list(String field, @Nullable List<String> asked, int max, Fields fields) {
    List<String> names =
        asked == null
            ? List.of()
            : asked.stream()
                .flatMap(name -> Arrays.stream(name.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    if (names.size() > max) {
      fields.wrong(field, "must be at most " + max);
    }
    return names;
  }

  List<String> of(Label label) {
    return switch (label) {
      case NODE -> nodes;
      case VM -> vms;
      case STORAGE -> storages;
      case CLUSTER, PROJECT, RESOURCE -> List.of();
    };
  }

  /** Whether something of this table is named. */
  boolean name(MetricTable table) {
    return table.labels().stream().anyMatch(label -> !of(label).isEmpty());
  }
}
