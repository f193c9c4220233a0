package io.muster.protocol.inventory;

import io.muster.protocol.Server;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry gave.
 *
 * @param server null = something is wrong with it, and among the problems
 * @param ownId whether it brought its id; else its id stands on its name
 * @param problems at most one for each key, in the order they were found
 */
public record Reading(@Nullable Server server, boolean ownId, List<FieldProblem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }
}
