package io.muster.agent.inventory;

import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.inventory.FieldProblem;
import java.util.function.Function;

/**
 * Where an entry stands.
 *
 * @param file path, or {@link ConfigurationProblem#ENVIRONMENT}
 * @param label such as {@code servers[2] "pve-1"}
 * @param keyNames what a key is called there
 */
record Place(String file, String label, Function<String, String> keyNames) {
  /** A problem of the entry that stands here. */
  ConfigurationProblem problem(FieldProblem problem) {
    String key = problem.key();
    return new ConfigurationProblem(
        file, label, key == null ? null : keyNames.apply(key), problem.found(), problem.expected());
  }
}
