package io.muster.agent.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the writer's batches go. All calls come from one thread, the courier's. */
interface RowSink extends AutoCloseable {
  /**
   * Makes ready to take rows; does nothing when it is.
   *
   * @throws UnavailableException when it can't be now
   */
  void open() throws UnavailableException;

  /**
   * Blocks until every row is acknowledged or refused.
   *
   * @throws UnavailableException when that is not known of all of them: the whole batch must be
   *     sent again, which does no harm
   */
  Outcome send(List<? extends WritableRow> rows) throws UnavailableException;

  @Override
  void close();

  /** What became of a batch. */
  record Outcome(int written, List<QuarantinedRow> refused) {
    public Outcome {
      refused = List.copyOf(refused);
    }
  }

  /** The sink takes no rows at the moment; the rows are not to blame. */
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
