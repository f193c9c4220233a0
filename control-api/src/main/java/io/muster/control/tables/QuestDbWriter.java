package io.muster.control.tables;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Bean;
import io.micronaut.http.HttpStatus;
import io.muster.control.problem.ProblemException;
import io.muster.control.settings.ControlSettings;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.QuestDbExec;
import io.muster.schema.QuestDbExec.RefusedException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** QuestDB as the user who may write, for the little that the control API writes there. */
@Singleton
@Bean(preDestroy = "close")
public final class QuestDbWriter {
  /** Somebody waits, and a connection of the database with them. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A row can be read some milliseconds after it was taken; a busy QuestDB took a second. */
  private static final Duration APPLY_PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(QuestDbWriter.class);

  private final @Nullable QuestDbExec exec;

  QuestDbWriter(ControlSettings settings) {
    QuestDbAddress address = settings.questDb();
    exec = address == null ? null : new QuestDbExec(address, TIMEOUT);
  }

  /** What is done with QuestDB. */
  @FunctionalInterface
  private interface Work<R> {
    R with(QuestDbExec exec) throws IOException, RefusedException;
  }

  /**
   * The rows of a question.
   *
   * @param doing for the log and the caller, such as {@code read the limits}
   * @throws ProblemException 503 when QuestDB is away or was never named
   */
  public List<Map<String, JsonNode>> read(String doing, String sql) {
    return run(doing, questDb -> questDb.run(sql));
  }

  /** Adds a row; what is read afterwards has it, unless QuestDB is very busy. */
  public void insert(String doing, String table, String sql) {
    boolean applied =
        run(
            doing,
            questDb -> {
              questDb.run(sql);
              return questDb.awaitApplied(table, APPLY_PATIENCE);
            });
    if (!applied) {
      LOG.info("QuestDB has taken a row of {} and does not show it yet", table);
    }
  }

  private <R> R run(String doing, Work<R> work) {
    QuestDbExec questDb = exec;
    if (questDb == null) {
      throw unavailable("Cannot " + doing + ": QUESTDB_URL of the control API is not set.");
    }
    try {
      return work.with(questDb);
    } catch (IOException | RefusedException e) {
      LOG.warn("Cannot {}: {}", doing, e.getMessage());
      throw unavailable("Cannot " + doing + ": QuestDB is away or not ready. Try again later.");
    }
  }

  private static ProblemException unavailable(String detail) {
    return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "history-unavailable", detail);
  }

  void close() {
    if (exec != null) {
      exec.close();
    }
  }
}
