package io.muster.agent.provider;

import java.time.Duration;
import java.util.List;

/**
 * Answer of {@link Provider#check}.
 *
 * @param nodes names of the nodes or hosts that the server lists
 * @param responseTime of the first authenticated call
 * @param problems sentences that make the check fail, missing privileges among them, each with what
 *     is lost and what to do
 * @param notes sentences worth reading that don't
 */
public record CheckReport(
    ServerFacts facts,
    List<String> nodes,
    Duration responseTime,
    List<String> problems,
    List<String> notes) {
  public CheckReport {
    nodes = List.copyOf(nodes);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
