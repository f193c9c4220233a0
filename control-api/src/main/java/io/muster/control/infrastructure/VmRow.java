package io.muster.control.infrastructure;

import io.muster.control.rows.Row;
import io.muster.control.rows.RowReader;
import java.sql.SQLException;
import java.util.UUID;

/** A VM as QuestDB has it. */
record VmRow(UUID server, VmState state, VmSample sample) {
  /** Of rows of {@code vm_now v}. */
  static final String COLUMNS = VmState.COLUMNS + ", " + VmSample.COLUMNS;

  static final RowReader<VmRow> NOW = VmRow::now;

  /** Of rows of {@code vm_states v}, which have no numbers. */
  static final RowReader<VmRow> STATE =
      row -> new VmRow(row.id("server_id"), VmState.read(row), VmSample.none());

  private static VmRow now(Row row) throws SQLException {
    return new VmRow(row.id("server_id"), VmState.read(row), VmSample.read(row));
  }
}
