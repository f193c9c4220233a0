package io.muster.agent.inventory;

import io.muster.protocol.configuration.ConfigurationProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong, in the order it was found; at most one problem for each key of an entry. */
final class Problems {
  private final List<ConfigurationProblem> found = new ArrayList<>();

  void add(ConfigurationProblem problem) {
    if (!has(problem.file(), problem.entry(), problem.key())) {
      found.add(problem);
    }
  }

  private boolean has(String file, @Nullable String entry, @Nullable String key) {
    return found.stream()
        .anyMatch(known ->
            known.file().equals(file)
                && Objects.equals(known.entry(), entry)
                && Objects.equals(known.key(), key));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<ConfigurationProblem> all() {
    return List.copyOf(found);
  }
}
