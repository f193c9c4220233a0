package io.muster.control.infrastructure;

import io.muster.control.rows.RowReader;
import java.util.UUID;

/** A node as QuestDB has it. */
record NodeRow(UUID server, NodeState state, NodeSample sample) {
  /** Of rows of {@code node_now n}. */
  static final String COLUMNS = NodeState.COLUMNS + ", " + NodeSample.COLUMNS;

  static final RowReader<NodeRow> NOW =
      row -> new NodeRow(row.id("server_id"), NodeState.read(row), NodeSample.read(row));
}
