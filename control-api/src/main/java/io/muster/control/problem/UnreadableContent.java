package io.muster.control.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;

/** A body that Netty can't take apart: a form without names, or what is said to be gzip. */
@Singleton
@Produces(MediaType.APPLICATION_JSON_PROBLEM)
final class UnreadableContent implements ExceptionHandler<DecoderException, HttpResponse<?>> {
  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public HttpResponse<?> handle(HttpRequest request, DecoderException failure) {
    return answer();
  }

  static MutableHttpResponse<Problem> answer() {
    return ProblemException.of(
            HttpStatus.BAD_REQUEST,
            "invalid",
            "The body is not what its Content-Type and Content-Encoding say. A form needs its"
                + " boundary, and each part of it a name.")
        .answer();
  }
}
