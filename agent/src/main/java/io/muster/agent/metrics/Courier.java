package io.muster.agent.metrics;

import io.muster.agent.metrics.RowSink.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The thread that owns the sink, so that a QuestDB that hangs keeps nobody else from working. */
final class Courier {
  /** The client gives its memory back at once, unless it hangs in a request. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final RowSink sink;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          // A platform thread: the client waits in native code.
          Thread.ofPlatform().daemon().name("questdb-sender").factory());

  Courier(RowSink sink) {
    this.sink = sink;
  }

  /** Sends the rows; without rows only makes ready. */
  Future<Outcome> send(List<? extends WritableRow> rows) {
    return thread.submit(() -> {
      if (rows.isEmpty()) {
        sink.open();
        return new Outcome(0, List.of());
      }
      return sink.send(rows);
    });
  }

  /** A request that hangs is left alone: its thread ends with it, or with the program. */
  void close() {
    thread.execute(sink::close);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
