package io.muster.agent.inventory;

import io.muster.protocol.configuration.ConfigurationProblem;
import java.time.Instant;
import java.util.List;

/**
 * Where the inventory in force came from, and what is wrong with what stands there now. Holds no
 * secret.
 *
 * @param origins files, and {@code environment}
 * @param readAt when the inventory in force was read
 * @param problems why the newest configuration was not taken up; empty = it is in force
 */
public record InventoryStatus(
    List<String> origins, Instant readAt, int servers, List<ConfigurationProblem> problems) {
  public InventoryStatus {
    origins = List.copyOf(origins);
    problems = List.copyOf(problems);
  }
}
