package io.muster.control.rows;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Reads QuestDB as its read-only user. Who asks the same at the same time, or within {@link
 * SharedReads#REUSED}, gets the same answer; whose rows may be seen stands in the statement.
 */
@Singleton
public final class Rows {
  private final QuestDb questDb;
  private final SharedReads shared = new SharedReads(System::nanoTime);

  Rows(QuestDb questDb) {
    this.questDb = questDb;
  }

  private record Question(Sql sql, RowReader<?> reader) {}

  /**
   * Blocks for some seconds at most.
   *
   * @throws HistoryUnavailableException when QuestDB does not answer, or refuses
   */
  @SuppressWarnings("unchecked") // the reader, of which T is, is a part of the question
  public <T> List<T> read(Sql sql, RowReader<T> reader) {
    return (List<T>) shared.get(new Question(sql, reader), () -> questDb.read(sql, reader));
  }

  /** The first row. */
  public <T> Optional<T> first(Sql sql, RowReader<T> reader) {
    return read(sql, reader).stream().findFirst();
  }
}
