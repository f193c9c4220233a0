package io.muster.protocol.configuration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration can't be used; carries everything that is wrong with it, not only the first.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Exceptions are serialisable by inheritance only; nobody serialises this one.
  private final transient List<ConfigurationProblem> problems;

  public ConfigurationException(List<ConfigurationProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "  " + problem.message())
            .collect(Collectors.joining("\n", "The configuration can't be used:\n", "")));
    this.problems = List.copyOf(problems);
  }

  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
