package io.muster.control.rows;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;

@Singleton
@Produces(MediaType.APPLICATION_JSON_PROBLEM)
final class HistoryUnavailableHandler
    implements ExceptionHandler<HistoryUnavailableException, HttpResponse<?>> {
  private static final String CODE = "history-unavailable";

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public HttpResponse<?> handle(HttpRequest request, HistoryUnavailableException failure) {
    return ProblemException.of(
            HttpStatus.SERVICE_UNAVAILABLE, CODE, String.valueOf(failure.getMessage()))
        .answer();
  }
}
