package io.muster.control.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.inventory.FieldProblem;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a file.
 *
 * @param index from 0
 * @param line that it starts at, from 1; null = the file has no lines to count
 * @param name as far as it has one, fit to be shown
 * @param entry what it says
 * @param problems that keep it from being one at all; empty = none so far
 * @param inFile turns a problem of a key into one of the file's own columns
 */
record ImportRow(
    int index,
    @Nullable Long line,
    String name,
    ObjectNode entry,
    List<FieldProblem> problems,
    UnaryOperator<FieldProblem> inFile) {
  ImportRow {
    problems = List.copyOf(problems);
  }
}
