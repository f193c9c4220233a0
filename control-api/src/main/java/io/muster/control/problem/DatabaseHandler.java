package io.muster.control.problem;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the database refuses since somebody else was quicker, after our own look. */
@Singleton
@Produces(MediaType.APPLICATION_JSON_PROBLEM)
final class DatabaseHandler implements ExceptionHandler<DataAccessException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHandler.class);

  /** SQLSTATE class 23: a constraint. */
  private static final String CONSTRAINT = "23";

  /** SQLSTATE of a character that the database has none of; PostgreSQL: NUL. */
  private static final String NO_SUCH_CHARACTER = "22021";

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public HttpResponse<?> handle(HttpRequest request, DataAccessException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        if (state.startsWith(CONSTRAINT)) {
          return ProblemException.conflict(
                  "changed", "Somebody else changed this at the same moment: look again.")
              .answer();
        }
        if (state.equals(NO_SUCH_CHARACTER)) {
          return ProblemException.of(
                  HttpStatus.BAD_REQUEST,
                  "invalid",
                  "A text of the request has a character that can't be kept, such as NUL.")
              .answer();
        }
      }
    }
    LOG.error(
        "Cannot use the database for {} {}", request.getMethodName(), request.getPath(), failure);
    return OurFault.answer();
  }
}
