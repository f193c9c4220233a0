package io.muster.control.rows;

import java.sql.SQLException;

/**
 * Makes a row of an answer into what it means. Constants only: who reads the same statement with
 * the same reader shares the answer.
 */
@FunctionalInterface
public interface RowReader<T> {
  T read(Row row) throws SQLException;
}
